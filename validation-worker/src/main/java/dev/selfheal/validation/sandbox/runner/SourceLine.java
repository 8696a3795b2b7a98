package dev.selfheal.validation.sandbox.runner;

import java.nio.charset.StandardCharsets;

/** A line as it is recognised again after it moved. */
final class SourceLine {

    private SourceLine() {}

    /**
     * The line without its white space; empty when there is no such line.
     *
     * @param source UTF-8; null when it is not known
     * @param line from 1
     */
    static String identity(byte[] source, long line) {
        return source == null
                ? ""
                : new String(source, StandardCharsets.UTF_8)
                        .lines()
                        .skip(Math.max(0, line - 1))
                        .findFirst()
                        .map(text -> text.replaceAll("\\s+", ""))
                        .orElse("");
    }
}
