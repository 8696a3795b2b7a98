package dev.selfheal.patch.model;

import java.util.Objects;

/** One message of a conversation with a model. */
public record Turn(Speaker speaker, String text) {

    /** Who said it. */
    public enum Speaker {
        USER("user"),
        ASSISTANT("assistant");

        private final String wireName;

        Speaker(String wireName) {
            this.wireName = wireName;
        }

        /** The role as both protocols spell it. */
        String wireName() {
            return wireName;
        }
    }

    public Turn {
        Objects.requireNonNull(speaker, "speaker");
        Objects.requireNonNull(text, "text");
    }
}
