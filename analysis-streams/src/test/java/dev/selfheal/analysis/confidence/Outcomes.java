package dev.selfheal.analysis.confidence;

import dev.selfheal.analysis.confidence.CaseOutcome.Kind;

/** Outcomes as tests need them. */
final class Outcomes {

    private Outcomes() {}

    static CaseOutcome scored(int number, double raw, boolean right) {
        return scored(number, raw, raw, right);
    }

    static CaseOutcome scored(int number, double raw, double given, boolean right) {
        return new CaseOutcome(
                "case-" + number, 1, "template", "E", raw, given, right ? Kind.RIGHT : Kind.WRONG);
    }

    static CaseOutcome of(int number, Kind kind) {
        return new CaseOutcome("case-" + number, 1, "template", "E", 0.7, 0.7, kind);
    }
}
