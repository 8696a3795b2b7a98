package dev.selfheal.patch;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The sentence with which a model explains its change. */
final class Explanation {

    private static final int LONGEST = 500;

    private Explanation() {}

    /** What stands before the first edit, on one line and bounded; empty when there is nothing. */
    static String of(String reply) {
        String prose = Arrays.stream(reply.split("\n"))
                .takeWhile(line -> !line.startsWith("<<<<<<<") && !line.startsWith("```") && !line.startsWith("--- "))
                .filter(line -> !isPath(line))
                .collect(Collectors.joining(" "))
                .replaceAll("[\\s\\p{Cntrl}]+", " ")
                .strip();
        return prose.length() <= LONGEST ? prose : prose.substring(0, LONGEST) + "…";
    }

    private static boolean isPath(String line) {
        return line.strip().matches("[`*#\\s]*[\\w./-]+\\.\\w{1,10}[`*:\\s]*");
    }
}
