package dev.selfheal.ingest.scrub;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.ingest.draft.ContractBounds;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.scrub.ScrubCount;
import dev.selfheal.scrub.Scrubber;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Takes secrets out of the free text of an error: messages, tags, release, environment, fingerprint. Types and frames stay
 * as they are: they are code. Short texts are cut to the contract's bounds here, for half a secret would not be recognised;
 * messages are cut later, when they are grouped. Thread-safe.
 */
public final class DraftScrubber {

    private final Scrubber scrubber;

    public DraftScrubber(Scrubber scrubber) {
        this.scrubber = scrubber;
    }

    /** The draft without secrets; what was found is added to {@code count}. */
    public ErrorEventDraft scrub(ErrorEventDraft draft, ScrubCount count) {
        Map<String, String> tags = new HashMap<>();
        draft.tags()
                .forEach((name, value) -> tags.put(
                        scrubber.scrub(name, count),
                        ContractBounds.cut(scrubber.scrubTag(name, value, count), ContractBounds.MAX_TAG_VALUE)));
        return new ErrorEventDraft(
                draft.service(),
                draft.eventId(),
                shortText(draft.environment(), count),
                draft.release().map(release -> shortText(release, count)),
                draft.commit(),
                draft.platform(),
                draft.severity(),
                draft.occurredAt(),
                draft.protocol(),
                scrub(draft.exceptions(), count),
                tags,
                draft.traceId(),
                draft.reproduction(),
                draft.fingerprint().stream().map(part -> shortText(part, count)).toList(),
                draft.markedBySender());
    }

    private String shortText(String text, ScrubCount count) {
        return ContractBounds.cut(scrubber.scrub(text, count), ContractBounds.MAX_SHORT_TEXT);
    }

    /** The same exceptions when there is nothing to take out of them. */
    private List<ExceptionInfo> scrub(List<ExceptionInfo> chain, ScrubCount count) {
        List<ExceptionInfo> clean = new ArrayList<>(chain.size());
        for (ExceptionInfo exception : chain) {
            String message = exception.getMessage().orElse(null);
            String scrubbed = message == null ? null : scrubber.scrub(message, count);
            clean.add(
                    Objects.equals(message, scrubbed)
                            ? exception
                            : new ExceptionInfo(exception.getType(), scrubbed, exception.getFrames()));
        }
        return clean;
    }
}
