package dev.selfheal.analysis.intake;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ErrorHead;
import java.util.function.Supplier;

/**
 * An error that is read in full only when somebody asks for that: one in thousands is worth more than counting. Not
 * thread-safe.
 */
public final class IncomingError {

    private final ErrorHead head;
    private final Supplier<ErrorEvent> reader;
    private ErrorEvent event;

    /**
     * @param reader gives the whole, and fails with a SerializationException when it cannot be read
     */
    IncomingError(ErrorHead head, Supplier<ErrorEvent> reader) {
        this.head = head;
        this.reader = reader;
    }

    /** One that has been read already. */
    public static IncomingError of(ErrorEvent event) {
        ErrorHead head = ErrorHead.newBuilder()
                .setEventId(event.getEventId())
                .setGroup(event.getGroup())
                .setService(event.getService())
                .setRelease(event.getRelease().orElse(null))
                .setOccurredAt(event.getOccurredAt())
                .setReceivedAt(event.getReceivedAt())
                .setReproduction(event.getReproduction().orElse(null))
                .build();
        return new IncomingError(head, () -> event);
    }

    public ErrorHead head() {
        return head;
    }

    public String group() {
        return head.getGroup();
    }

    public String eventId() {
        return head.getEventId();
    }

    /** The whole, read now at the latest. */
    public ErrorEvent event() {
        if (event == null) {
            event = reader.get();
        }
        return event;
    }
}
