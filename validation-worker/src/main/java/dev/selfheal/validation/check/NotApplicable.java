package dev.selfheal.validation.check;

/** Stands where a check has nothing to say of a build, so that the verdict says that too. */
public record NotApplicable(String name, String reason) implements Check {

    @Override
    public CheckReport run(Trial trial) {
        return CheckReport.skipped(reason);
    }
}
