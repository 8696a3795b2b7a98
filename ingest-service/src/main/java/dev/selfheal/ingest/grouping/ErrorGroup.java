package dev.selfheal.ingest.grouping;

/**
 * The group an error belongs to, and the parts its key was made from.
 *
 * @param key {@code v3:} and 32 hex digits
 * @param variant 16 hex digits: separates the call paths that lead to the same failure
 * @param type the root cause's type, normalised
 * @param frame {@code module.function} of the frame that stands for the place, normalised; empty without frames
 * @param message the root cause's message with placeholders for what varies; empty without a message
 */
public record ErrorGroup(String key, String variant, String type, String frame, String message) {}
