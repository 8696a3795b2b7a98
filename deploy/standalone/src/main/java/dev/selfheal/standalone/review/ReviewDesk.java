package dev.selfheal.standalone.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.Decision;
import dev.selfheal.event.ReviewDecision;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes a person's decision when the analysis would act on it, and tells what became of it. It asks the read model before it
 * sends: what would change nothing is refused here, with the reason.
 */
public final class ReviewDesk {

    private static final long POLL_MS = 200;

    private final ReadModelClient readModel;
    private final DecisionSender sender;
    private final Clock clock;

    public ReviewDesk(ReadModelClient readModel, DecisionSender sender, Clock clock) {
        this.readModel = readModel;
        this.sender = sender;
        this.clock = clock;
    }

    /**
     * @param reviewer an account name
     * @param comment for the next attempt when it is a refusal
     */
    public record Word(Decision decision, String reviewer, String comment) {}

    /**
     * Decides on the patch of a case in review.
     *
     * @param patch beginning of the sha256 of the diff that was looked at; empty for whichever is in review
     * @return the case as it is then; empty when nothing has changed by the end of {@code wait}
     */
    public Optional<JsonNode> decide(String caseId, String patch, Word word, Duration wait)
            throws ReviewException, InterruptedException {
        JsonNode found = caseOf(caseId);
        if (!stateOf(found).equals(CaseState.IN_REVIEW.name())) {
            throw new ReviewException(caseId + " is " + stateOf(found) + ", not IN_REVIEW: there is nothing to "
                    + word.decision().name().toLowerCase(Locale.ROOT));
        }
        String digest = found.path("diffSha256").asText();
        if (!digest.startsWith(patch)) {
            throw new ReviewException("the patch in review is " + digest + ", not " + patch
                    + ": another one came meanwhile; look at it first");
        }
        return send(caseId, found, word, wait);
    }

    /**
     * Gives an order about a group: stop, retry, force.
     *
     * @param name a group, or any of its cases
     * @return the group's newest case as it is then; empty when nothing has changed by the end of {@code wait}
     */
    public Optional<JsonNode> order(String name, Word word, Duration wait)
            throws ReviewException, InterruptedException {
        JsonNode newest = newestOf(name.startsWith("case-") ? caseOf(name).path("group").asText() : name);
        String standing = newest.path("standing").asText();
        boolean isInFlight = stateOf(newest).equals(CaseState.REQUESTED.name())
                || stateOf(newest).equals(CaseState.PROPOSED.name());
        if (word.decision() == Decision.STOP && standing.equals(Decision.STOP.name())) {
            throw new ReviewException("the group is stopped already");
        }
        if (word.decision() != Decision.STOP && isInFlight) {
            throw new ReviewException("an attempt of " + newest.path("caseId").asText() + " is under way ("
                    + stateOf(newest) + "); wait for it, or stop it first");
        }
        return send("", newest, word, wait);
    }

    private JsonNode caseOf(String caseId) throws ReviewException, InterruptedException {
        return readModel
                .oneCase(caseId)
                .orElseThrow(() -> new ReviewException("there is no case " + caseId + ", or it is kept no more"));
    }

    /** Of a group without a case: only its name. */
    private JsonNode newestOf(String group) throws ReviewException, InterruptedException {
        JsonNode found = readModel
                .group(group)
                .orElseThrow(() -> new ReviewException("no error of group " + group + " has been seen"));
        return found.has("case") ? found.path("case") : found;
    }

    private Optional<JsonNode> send(String caseId, JsonNode before, Word word, Duration wait)
            throws ReviewException, InterruptedException {
        String group = before.path("group").asText();
        sender.send(new ReviewDecision(
                caseId,
                group,
                word.decision(),
                word.reviewer(),
                word.comment(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        long end = System.nanoTime() + wait.toNanos();
        while (System.nanoTime() - end < 0) {
            JsonNode now = newestOf(group);
            if (!progress(now).equals(progress(before))) {
                return Optional.of(now);
            }
            Thread.sleep(POLL_MS);
        }
        return Optional.empty();
    }

    private static String stateOf(JsonNode healingCase) {
        return healingCase.path("state").asText();
    }

    private static String progress(JsonNode healingCase) {
        return healingCase.path("caseId").asText() + ' ' + stateOf(healingCase) + ' '
                + healingCase.path("updatedAt").asText() + ' '
                + healingCase.path("standing").asText();
    }
}
