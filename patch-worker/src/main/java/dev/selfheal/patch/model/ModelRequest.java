package dev.selfheal.patch.model;

import dev.selfheal.patch.model.Turn.Speaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One question to a model, independent of its protocol. Immutable.
 *
 * @param system the standing instructions; the same text for every request, so that providers can cache it
 * @param turns the conversation, beginning and ending with the user
 * @param maxTokens most tokens the reply may have
 */
public record ModelRequest(String system, List<Turn> turns, int maxTokens) {

    /** English prose and Java come to three to four characters a token; three errs towards too many tokens. */
    private static final int CHARACTERS_PER_TOKEN = 3;

    public ModelRequest {
        Objects.requireNonNull(system, "system");
        turns = List.copyOf(turns);
        if (turns.isEmpty() || turns.get(turns.size() - 1).speaker() != Speaker.USER) {
            throw new IllegalArgumentException("a request ends with a turn of the user");
        }
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens is " + maxTokens + ", must be at least 1");
        }
    }

    /** A conversation of one turn, with a reply as long as the route allows. */
    public static ModelRequest of(String system, String user) {
        return new ModelRequest(system, List.of(new Turn(Speaker.USER, user)), Integer.MAX_VALUE);
    }

    /** The same question, its reply no longer than given. */
    ModelRequest withAtMost(int tokens) {
        return new ModelRequest(system, turns, Math.min(maxTokens, tokens));
    }

    /** The same question with room for a reply twice as long. */
    ModelRequest withDoubledLimit() {
        return new ModelRequest(system, turns, Math.multiplyExact(maxTokens, 2));
    }

    /** The same question, the reply it got, and what was wrong with that reply. */
    ModelRequest withRepairTurn(String reply, String complaint) {
        List<Turn> longer = new ArrayList<>(turns);
        // Both protocols refuse an empty assistant turn.
        longer.add(new Turn(Speaker.ASSISTANT, reply.isBlank() ? "(empty reply)" : reply));
        longer.add(new Turn(
                Speaker.USER,
                "That reply could not be used: " + complaint
                        + "\nAnswer again, following the required format exactly. Reply with the edit blocks only."));
        return new ModelRequest(system, longer, maxTokens);
    }

    /** An upper estimate of what the call uses: every character of the question, and the whole allowed reply. */
    TokenUsage estimate() {
        long characters = system.length();
        for (Turn turn : turns) {
            characters += turn.text().length();
        }
        return new TokenUsage(characters / CHARACTERS_PER_TOKEN + 1, 0, maxTokens);
    }
}
