package dev.selfheal.patch.template;

import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.FileEdit;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.OriginKind;
import dev.selfheal.event.PatchOrigin;
import dev.selfheal.patch.edit.FileEdits;
import dev.selfheal.patch.edit.SourceText;
import dev.selfheal.patch.localise.FaultLocaliser;
import dev.selfheal.patch.localise.FaultSite;
import dev.selfheal.patch.localise.JavaSources;
import dev.selfheal.patch.localise.Localisation;
import dev.selfheal.patch.localise.SourceIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Proposes patches from fix templates: the provider named {@code template}.
 *
 * <p>The score of a candidate is the product of the site's score (see {@link FaultLocaliser}), how surely its expression
 * is the one that failed, how usual the placement is, and how usual the value is that it answers with; each is 0..1.
 * Every candidate parses; it need not compile. Thread-safe.
 */
public final class TemplateProposer {

    /** The contract's bound on a proposal. */
    public static final int MAX_CANDIDATES = 64;

    private final PatchIdentity identity;

    public TemplateProposer(PatchIdentity identity) {
        this.identity = identity;
    }

    /**
     * What templates can make of an error: best first, at most {@value #MAX_CANDIDATES}, each change once.
     *
     * @param sourceTree root of the exported repository
     * @param refuted ids of patches that are not to be proposed again
     * @throws IOException when the tree cannot be read
     */
    public Proposals propose(Path sourceTree, ErrorEvent event, HealingPolicy policy, Set<String> refuted)
            throws IOException {
        JavaSources sources = new JavaSources(sourceTree);
        SourceIndex index = SourceIndex.of(sourceTree, policy.getSource().getSubdirectory());
        Localisation localisation = new FaultLocaliser(index, sources).localise(event);
        AllowedPaths allowed = new AllowedPaths(policy);
        ErrorInfo error = ErrorInfo.rootCauseOf(event);
        Map<String, CandidatePatch> distinct = new LinkedHashMap<>();
        localisation.sites().stream()
                .filter(site -> allowed.allow(site.source().text().path()))
                .flatMap(site -> candidates(site, error, sources))
                .filter(candidate -> !refuted.contains(candidate.getPatchId()))
                .forEach(candidate -> distinct.merge(candidate.getPatchId(), candidate, TemplateProposer::better));
        List<CandidatePatch> ranked = distinct.values().stream()
                .sorted(Comparator.comparingDouble(CandidatePatch::getScore).reversed())
                .limit(MAX_CANDIDATES)
                .toList();
        return new Proposals(ranked, localisation);
    }

    private Stream<CandidatePatch> candidates(FaultSite site, ErrorInfo error, JavaSources sources) {
        return TemplateRegistry.forType(error.type()).stream()
                .flatMap(template -> template.propose(site, error).stream()
                        .filter(edit -> parses(site, edit, sources))
                        .map(edit -> candidate(site, template, edit)));
    }

    /** Parses the changed member alone: a large file costs a hundred times as much. */
    private static boolean parses(FaultSite site, TemplateEdit edit, JavaSources sources) {
        int begin = site.source().start(site.member());
        int end = site.source().end(site.member());
        boolean inside = edit.changes().stream().allMatch(change -> change.begin() >= begin && change.end() <= end);
        if (!inside) {
            return false;
        }
        List<Change> shifted = edit.changes().stream()
                .map(change -> new Change(change.begin() - begin, change.end() - begin, change.replacement()))
                .toList();
        return sources.parsesAsMember(Change.apply(site.source().text().text().substring(begin, end), shifted));
    }

    private CandidatePatch candidate(FaultSite site, FixTemplate template, TemplateEdit edit) {
        SourceText original = site.source().text();
        List<String> changed = SourceText.toLines(Change.apply(original.text(), edit.changes()) + "\n");
        List<FileEdit> edits = List.of(FileEdits.between(original, changed));
        return CandidatePatch.newBuilder()
                .setPatchId(identity.of(edits))
                .setOrigin(PatchOrigin.newBuilder()
                        .setKind(OriginKind.TEMPLATE)
                        .setName(template.id())
                        .setVersion(TemplateRegistry.VERSION)
                        .build())
                .setEdits(edits)
                .setExplanation(edit.explanation())
                .setScore(site.score() * edit.score())
                .build();
    }

    private static CandidatePatch better(CandidatePatch one, CandidatePatch other) {
        return one.getScore() >= other.getScore() ? one : other;
    }

    /**
     * Candidates and the places they came from.
     *
     * @param candidates best first
     * @param localisation what was suspected, also when no template had an answer
     */
    public record Proposals(List<CandidatePatch> candidates, Localisation localisation) {
        public Proposals {
            candidates = List.copyOf(candidates);
        }
    }
}
