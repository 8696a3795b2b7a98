package dev.selfheal.ingest.publish;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.ingest.draft.ContractBounds;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.grouping.ErrorGroup;
import dev.selfheal.ingest.grouping.Grouping;
import dev.selfheal.ingest.grouping.GroupingRules;
import dev.selfheal.ingest.grouping.InAppPackages;
import dev.selfheal.ingest.grouping.OwnFrames;
import dev.selfheal.ingest.scrub.DraftScrubber;
import dev.selfheal.scrub.ScrubCount;
import dev.selfheal.scrub.Scrubber;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

/** Makes the event that is published: own frames marked, secrets out, grouped, within the contract. Thread-safe. */
public final class EventAssembler {

    private final Function<String, GroupingRules> rules;
    private final DraftScrubber scrubber;

    /** With the configured packages as the only rules. */
    public EventAssembler(InAppPackages packages, Scrubber scrubber) {
        this(service -> GroupingRules.of(packages.of(service)), scrubber);
    }

    /**
     * @param rules of a service, by its name
     */
    public EventAssembler(Function<String, GroupingRules> rules, Scrubber scrubber) {
        this.rules = rules;
        this.scrubber = new DraftScrubber(scrubber);
    }

    /** The group the draft's event would have. */
    public ErrorGroup group(ErrorEventDraft draft) {
        GroupingRules own = rules.apply(draft.service());
        return Grouping.group(prepare(draft, own, new ScrubCount()), own);
    }

    /**
     * @param receivedAt when the intake accepted it; an error that claims to be of later occurred then
     * @param count receives what was scrubbed
     */
    public ErrorEvent assemble(ErrorEventDraft draft, Instant receivedAt, ScrubCount count) {
        GroupingRules own = rules.apply(draft.service());
        // Scrubbed before it is cut: half a secret would not be recognised.
        ErrorEventDraft clean = prepare(draft, own, count);
        // Grouped before it is cut: the key must not depend on how much of a long trace the contract keeps.
        ErrorGroup group = Grouping.group(clean, own);
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
                .setExceptions(ContractBounds.shorten(clean.exceptions()))
                .setTags(clean.tags())
                .setTraceId(clean.traceId().orElse(null))
                .setReproduction(clean.reproduction().orElse(null))
                .setScrubbed(count.total())
                .build();
    }

    private ErrorEventDraft prepare(ErrorEventDraft draft, GroupingRules own, ScrubCount count) {
        return OwnFrames.mark(scrubber.scrub(draft, count), own.packages());
    }
}
