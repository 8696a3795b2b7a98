package dev.selfheal.validation;

import dev.selfheal.attestation.PatchDigest;
import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.BudgetPolicy;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.FileEdit;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.Hunk;
import dev.selfheal.event.OriginKind;
import dev.selfheal.event.PatchOrigin;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.ProposalOutcome;
import dev.selfheal.event.Reproduction;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.event.StackFrame;
import dev.selfheal.event.TriggerPolicy;
import dev.selfheal.validation.edit.StrictEdits;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Proposals, policies and patches about the {@link SampleProject}. */
public final class Proposals {

    public static final String SERVICE = "shop";
    public static final String REPRODUCTION = "org.example.CartTest#totalIgnoresMissingPrices";

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private Proposals() {}

    public static HealingPolicy policy(SourceRepository source) {
        return HealingPolicy.newBuilder()
                .setService(SERVICE)
                .setSource(source)
                .setTrigger(TriggerPolicy.newBuilder().build())
                .setAutonomy(AutonomyPolicy.newBuilder().build())
                .setBudget(BudgetPolicy.newBuilder().build())
                .setUpdatedAt(NOW)
                .build();
    }

    public static ErrorEvent event(String exceptionType, Reproduction reproduction) {
        StackFrame frame = new StackFrame("org.example.Cart", "total", "Cart.java", SampleProject.BUG_LINE, true);
        return ErrorEvent.newBuilder()
                .setEventId("event-1")
                .setGroup("v1:00000000000000000000000000000001")
                .setService(SERVICE)
                .setOccurredAt(NOW)
                .setReceivedAt(NOW)
                .setExceptions(List.of(ExceptionInfo.newBuilder()
                        .setType(exceptionType)
                        .setMessage("price is null")
                        .setFrames(List.of(frame))
                        .build()))
                .setReproduction(reproduction)
                .build();
    }

    public static ErrorEvent reproducible() {
        return event(
                "java.lang.NullPointerException",
                Reproduction.newBuilder().setSelector(REPRODUCTION).build());
    }

    public static PatchProposal proposal(String id, String commit, ErrorEvent event, CandidatePatch... candidates) {
        return PatchProposal.newBuilder()
                .setProposalId(id)
                .setCaseId("case-" + id)
                .setGroup(event.getGroup())
                .setService(SERVICE)
                .setAttempt(1)
                .setOutcome(ProposalOutcome.PROPOSED)
                .setProposedAt(NOW)
                .setBaseCommit(commit)
                .setEvent(event)
                .setCandidates(List.of(candidates))
                .build();
    }

    public static CandidatePatch candidate(FileEdit... edits) {
        return CandidatePatch.newBuilder()
                .setPatchId(PatchDigest.of(List.of(edits)))
                .setOrigin(PatchOrigin.newBuilder()
                        .setKind(OriginKind.TEMPLATE)
                        .setName("null-guard")
                        .build())
                .setEdits(List.of(edits))
                .setScore(0.9)
                .build();
    }

    /** Replaces one stretch of a file. */
    public static FileEdit edit(String path, byte[] base, int line, List<String> before, List<String> after) {
        return FileEdit.newBuilder()
                .setPath(path)
                .setBaseSha256(StrictEdits.sha256(base))
                .setHunks(List.of(new Hunk(line, before, after)))
                .build();
    }

    /** Replaces the buggy line of the cart. */
    public static CandidatePatch cart(SampleProject project, String... after) throws IOException {
        String bug = SampleProject.CART_LINES.get(SampleProject.BUG_LINE - 1);
        return candidate(edit(
                SampleProject.CART,
                project.read(SampleProject.CART),
                SampleProject.BUG_LINE,
                List.of(bug),
                List.of(after)));
    }

    public static CandidatePatch fix(SampleProject project) throws IOException {
        return cart(project, "            if (price != null) {", "                sum += price;", "            }");
    }
}
