package dev.selfheal.standalone.cli;

import dev.selfheal.standalone.loop.HealingOutcome;

/** Exit codes of the command, part of its contract. */
final class ExitCode {

    static final int OK = 0;
    static final int FAILURE = 1;
    static final int USAGE = 2;
    static final int TIMED_OUT = 3;
    static final int REJECTED = 10;
    static final int NEEDS_REVIEW = 11;
    static final int ABSTAINED = 12;

    private ExitCode() {}

    static int of(HealingOutcome outcome) {
        return switch (outcome) {
            case APPROVED -> OK;
            case REJECTED, EXHAUSTED -> REJECTED;
            case NEEDS_REVIEW -> NEEDS_REVIEW;
            case ABSTAINED -> ABSTAINED;
            case TIMED_OUT -> TIMED_OUT;
        };
    }
}
