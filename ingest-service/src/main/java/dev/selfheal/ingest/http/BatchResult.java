package dev.selfheal.ingest.http;

import dev.selfheal.ingest.json.FieldNames;
import dev.selfheal.ingest.json.Note;
import dev.selfheal.ingest.json.ParsedEvent;
import dev.selfheal.ingest.publish.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Collects what became of each line of a batch. Filled by one thread. */
final class BatchResult {

    /**
     * So many lines that will never be accepted are named; to mend a sender they are enough, and each may have a long message.
     * Lines to send again are all named: their sender has to know them.
     */
    static final int MOST_REFUSED = 100;

    /**
     * A line that was not accepted.
     *
     * @param line number in the body, from 1
     */
    record RefusedLine(int line, String code, String field, String message) {}

    /**
     * @param accepted lines that are stored
     * @param rejected the other lines, in order, but for those that are only counted
     * @param unnamed how many more lines were rejected
     * @param retryAfter how long to wait before some of them can be sent again with success; empty when none can
     * @param ignored fields that are not part of the format, the first of each name
     * @param notes what keeps lines from being of full use, of as many lines as there may be names
     */
    record Summary(
            int accepted,
            List<RefusedLine> rejected,
            int unnamed,
            Optional<Duration> retryAfter,
            List<IgnoredField> ignored,
            List<NotedLine> notes) {}

    /**
     * @param line the first one that has it
     * @param field JSON pointer
     */
    record IgnoredField(int line, String field) {}

    /** {@link Note} on a line of the body. */
    record NotedLine(int line, String field, String message) {}

    private record SentLine(int line, CompletableFuture<Receipt> receipt) {}

    private final List<RefusedLine> refused = new ArrayList<>();
    private int unnamed;
    private final List<SentLine> sent = new ArrayList<>();
    private final FieldNames ignoredNames = new FieldNames();
    private final List<IgnoredField> ignored = new ArrayList<>(0);
    private final List<NotedLine> notes = new ArrayList<>(0);

    void sent(int line, CompletableFuture<Receipt> receipt) {
        sent.add(new SentLine(line, receipt));
    }

    void refused(int line, Refusal refusal) {
        if (refused.size() < MOST_REFUSED) {
            refused.add(new RefusedLine(line, refusal.code(), refusal.field(), refusal.message()));
        } else {
            unnamed++;
        }
    }

    /** Remembers what the sender should know of a line that can be taken. */
    void remarks(int line, ParsedEvent event) {
        for (String field : event.ignored()) {
            if (ignoredNames.add(field)) {
                ignored.add(new IgnoredField(line, field));
            }
        }
        for (Note note : event.notes()) {
            if (notes.size() < FieldNames.MOST) {
                notes.add(new NotedLine(line, note.field(), note.message()));
            }
        }
    }

    /** The receipt of the newest line that was sent when it could not be stored; the lines after it cannot either. */
    Optional<CompletableFuture<Receipt>> overloaded() {
        return sent.isEmpty()
                ? Optional.empty()
                : Optional.of(sent.get(sent.size() - 1).receipt())
                        .filter(receipt -> receipt.getNow(null) instanceof Receipt.Overloaded);
    }

    /** Completes when every line that was sent has its receipt. */
    CompletableFuture<Summary> whenDone() {
        return CompletableFuture.allOf(sent.stream().map(SentLine::receipt).toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> summary());
    }

    private Summary summary() {
        List<RefusedLine> rejected = new ArrayList<>(refused);
        int accepted = 0;
        Optional<Duration> retryAfter = Optional.empty();
        for (SentLine line : sent) {
            Receipt receipt = line.receipt().join();
            if (receipt instanceof Receipt.Accepted) {
                accepted++;
            } else {
                Refusal refusal = Answers.refusal(receipt);
                rejected.add(new RefusedLine(line.line(), refusal.code(), refusal.field(), refusal.message()));
                if (receipt instanceof Receipt.Overloaded overloaded) {
                    retryAfter = Optional.of(overloaded.retryAfter());
                }
            }
        }
        rejected.sort(Comparator.comparingInt(RefusedLine::line));
        return new Summary(accepted, rejected, unnamed, retryAfter, List.copyOf(ignored), List.copyOf(notes));
    }
}
