package dev.selfheal.ingest.scrub;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces secrets by {@code [scrubbed:kind]} in the free text of an error: messages, tags, release. Types and frames stay
 * as they are: they are code. Thread-safe. Scrubbing a scrubbed text changes nothing.
 */
public final class Scrubber {

    private static final String CUSTOM = "custom";
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i)passw|pwd|secret|token|api[_-]?key|authorization|credential|cookie|session[_-]?id");

    private static final Hints SECRET_NAME_HINTS = Hints.of(
            List.of("passw", "pwd", "secret", "token", "api", "authorization", "credential", "cookie", "session"));

    private final List<ScrubRule> rules;
    private final List<Pattern> custom;

    /**
     * @param custom further patterns; what they match is replaced whole. They need not be linear: one that takes too many
     *     steps has the text it was tried on replaced instead.
     */
    public Scrubber(List<Pattern> custom) {
        this.rules = BuiltInRules.all();
        this.custom = List.copyOf(custom);
    }

    /** The draft without secrets; what was found is added to {@code count}. */
    public ErrorEventDraft scrub(ErrorEventDraft draft, ScrubCount count) {
        Map<String, String> tags = new HashMap<>();
        draft.tags().forEach((name, value) -> tags.put(scrub(name, count), scrubTag(name, value, count)));
        return new ErrorEventDraft(
                draft.service(),
                draft.eventId(),
                scrub(draft.environment(), count),
                draft.release().map(release -> scrub(release, count)),
                draft.commit(),
                draft.platform(),
                draft.severity(),
                draft.occurredAt(),
                draft.protocol(),
                draft.exceptions().stream().map(e -> scrub(e, count)).toList(),
                tags,
                draft.traceId(),
                draft.reproduction(),
                draft.fingerprint().stream().map(part -> scrub(part, count)).toList());
    }

    /** The text without secrets; the same text when there are none. */
    public String scrub(String text, ScrubCount count) {
        SearchedText searched = new SearchedText(text);
        String result = text;
        for (ScrubRule rule : rules) {
            if (rule.mayBeIn(searched)) {
                result = apply(rule, result, count);
            }
        }
        for (Pattern pattern : custom) {
            result = CustomPattern.apply(
                    pattern, result, "[scrubbed:" + CUSTOM + "]", found -> count.add(CUSTOM, found));
        }
        return result;
    }

    private ExceptionInfo scrub(ExceptionInfo exception, ScrubCount count) {
        return new ExceptionInfo(
                exception.getType(),
                exception.getMessage().map(message -> scrub(message, count)).orElse(null),
                exception.getFrames());
    }

    /** A named value without secrets; the whole value is one when its name tells so. */
    public String scrubTag(String name, String value, ScrubCount count) {
        boolean isSecret = SECRET_NAME_HINTS.mayBeIn(new SearchedText(name))
                && SECRET_NAME.matcher(name).find();
        if (isSecret && !value.isEmpty()) {
            count.add("tag", 1);
            return "[scrubbed:tag]";
        }
        return scrub(value, count);
    }

    /** Whether it may be in the text or not. */
    static String apply(ScrubRule rule, String text, ScrubCount count) {
        Matcher matcher = rule.pattern().matcher(text);
        StringBuilder result = null;
        int copied = 0;
        while (matcher.find()) {
            if (rule.certain().test(matcher)) {
                result = result == null ? new StringBuilder(text.length()) : result;
                result.append(text, copied, rule.part() ? matcher.start("secret") : matcher.start());
                result.append(rule.replacement());
                copied = rule.part() ? matcher.end("secret") : matcher.end();
                count.add(rule.kind(), 1);
            }
        }
        return result == null
                ? text
                : result.append(text, copied, text.length()).toString();
    }
}
