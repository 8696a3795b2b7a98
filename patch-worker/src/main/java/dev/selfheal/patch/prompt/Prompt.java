package dev.selfheal.patch.prompt;

/**
 * A question to a model.
 *
 * @param system standing instructions, the same for every error
 * @param user the data of this error
 */
public record Prompt(String system, String user) {}
