package dev.selfheal.analysis.trend;

import dev.selfheal.event.HealingCase;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * What is remembered of groups that have been quiet for long: nothing, unless a case of theirs is open.
 *
 * @param forgetAfter stream time since the newest error
 * @param caseStore name of the task's store of each group's newest case
 * @param isOpen whether such a case keeps its group
 */
public record Retention(Duration forgetAfter, String caseStore, Predicate<HealingCase> isOpen) {}
