package dev.selfheal.standalone.topic;

/** Topics cannot be listed or read. The message says what is wrong, where, and what to do. */
public final class TopicException extends Exception {

    private static final long serialVersionUID = 1L;

    public TopicException(String message) {
        super(message);
    }

    public TopicException(String message, Throwable cause) {
        super(message, cause);
    }
}
