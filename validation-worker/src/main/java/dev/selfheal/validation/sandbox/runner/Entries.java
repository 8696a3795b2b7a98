package dev.selfheal.validation.sandbox.runner;

import dev.selfheal.validation.sandbox.runner.TestReport.Entry;
import dev.selfheal.validation.sandbox.runner.TestReport.Status;

/** Makes report entries. */
final class Entries {

    private Entries() {}

    static Entry passed(String id, boolean inPlan, long nanos) {
        return new Entry(id, inPlan, Status.PASSED, nanos, "", "", "");
    }

    static Entry skipped(String id, boolean inPlan, long nanos) {
        return new Entry(id, inPlan, Status.SKIPPED, nanos, "", "", "");
    }

    static Entry failed(String id, boolean inPlan, long nanos, Throwable thrown) {
        return new Entry(
                id,
                inPlan,
                Status.FAILED,
                nanos,
                thrown.getClass().getName(),
                Throwables.message(thrown),
                Throwables.stackTrace(thrown));
    }
}
