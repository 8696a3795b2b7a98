package dev.selfheal.validation.sandbox;

import java.util.List;
import java.util.Map;

/** What compiling came to. */
public sealed interface CompileOutcome {

    /**
     * @param classes binary name ({@code org.example.A$B}) to class file
     */
    record Compiled(Map<String, byte[]> classes) implements CompileOutcome {}

    /** The compiler refused. */
    record Refused(List<Problem> problems) implements CompileOutcome {}

    /** The compiler process was stopped or died. */
    record Stopped(Containment containment) implements CompileOutcome {}

    /**
     * @param path as in the job's sources
     * @param line from 1; 0 when unknown
     */
    record Problem(String path, int line, String message) {}
}
