package dev.selfheal.validation.check;

/** One question asked of a candidate. Stateless and thread-safe; what it learns goes into the trial. */
public interface Check {

    /** Stable name in verdicts, for example {@code compiles}. */
    String name();

    /** Answers; never throws for anything a patch can cause. */
    CheckReport run(Trial trial) throws InterruptedException;
}
