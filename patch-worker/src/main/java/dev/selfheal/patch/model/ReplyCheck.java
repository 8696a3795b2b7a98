package dev.selfheal.patch.model;

import java.util.Optional;

/** Judges whether a complete reply can be used. Called on an HTTP thread: quick, and never blocking. */
@FunctionalInterface
public interface ReplyCheck {

    /** What is wrong, in words for the model, which gets one chance to mend it; empty when nothing is. */
    Optional<String> complaint(String reply);
}
