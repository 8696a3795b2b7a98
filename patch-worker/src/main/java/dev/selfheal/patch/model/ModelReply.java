package dev.selfheal.patch.model;

/**
 * What a model said, complete.
 *
 * @param text the visible text; hidden reasoning is left out
 * @param usage what it is billed for
 */
public record ModelReply(String text, TokenUsage usage) {}
