package dev.selfheal.ingest.publish;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.ingest.draft.ContractBounds;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.grouping.ErrorGroup;
import dev.selfheal.ingest.grouping.Grouping;
import dev.selfheal.ingest.grouping.InAppPackages;
import dev.selfheal.ingest.grouping.OwnFrames;
import dev.selfheal.ingest.scrub.ScrubCount;
import dev.selfheal.ingest.scrub.Scrubber;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Makes the event that is published: own frames marked, secrets out, grouped, within the contract. Thread-safe. */
public final class EventAssembler {

    private final InAppPackages packages;
    private final Scrubber scrubber;

    public EventAssembler(InAppPackages packages, Scrubber scrubber) {
        this.packages = packages;
        this.scrubber = scrubber;
    }

    /**
     * @param receivedAt when the intake accepted it; an error that claims to be of later occurred then
     * @param count receives what was scrubbed
     */
    public ErrorEvent assemble(ErrorEventDraft draft, Instant receivedAt, ScrubCount count) {
        // Scrubbed before it is cut: half a secret would not be recognised.
        ErrorEventDraft clean = scrubber.scrub(draft, count);
        // Grouped before it is cut: the key must not depend on how much of a long trace the contract keeps.
        List<ExceptionInfo> marked = OwnFrames.mark(clean.exceptions(), packages.of(draft.service()));
        ErrorGroup group = Grouping.group(clean.withExceptions(marked));
        Instant occurredAt = clean.occurredAt().filter(receivedAt::isAfter).orElse(receivedAt);
        return ErrorEvent.newBuilder()
                .setEventId(clean.eventId().orElseGet(() -> UUID.randomUUID().toString()))
                .setGroup(group.key())
                .setVariant(group.variant())
                .setService(clean.service())
                .setEnvironment(clean.environment())
                .setRelease(clean.release().orElse(null))
                .setCommit(clean.commit().orElse(null))
                .setPlatform(clean.platform())
                .setSeverity(clean.severity())
                .setOccurredAt(occurredAt)
                .setReceivedAt(receivedAt)
                .setProtocol(clean.protocol())
                .setExceptions(ContractBounds.shorten(marked))
                .setTags(clean.tags())
                .setTraceId(clean.traceId().orElse(null))
                .setReproduction(clean.reproduction().orElse(null))
                .setScrubbed(count.total())
                .build();
    }
}
