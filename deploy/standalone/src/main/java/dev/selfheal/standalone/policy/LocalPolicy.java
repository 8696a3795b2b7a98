package dev.selfheal.standalone.policy;

import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.BudgetPolicy;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.Isolation;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.event.TriggerPolicy;
import dev.selfheal.validation.baseline.SourceBuild;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What holds for a repository on this machine where the user says nothing else: one error is enough to try. */
public final class LocalPolicy {

    private LocalPolicy() {}

    /**
     * @param repository root of the git repository
     * @param subdirectory folder of the project below it, forward slashes, empty for the root
     * @param minimumIsolation what a patch must have run in to be approved without a person
     */
    public static HealingPolicy of(
            String service, Path repository, String subdirectory, Isolation minimumIsolation, Instant now) {
        String below = subdirectory.isEmpty() ? "" : subdirectory + "/";
        return HealingPolicy.newBuilder()
                .setService(service)
                .setSource(SourceRepository.newBuilder()
                        .setUrl(repository.toString())
                        .setBranch("HEAD")
                        .setSubdirectory(subdirectory)
                        .setBuild(
                                SourceBuild.in(repository.resolve(subdirectory)).orElse("maven"))
                        .build())
                .setTrigger(TriggerPolicy.newBuilder().setMinEvents(1).build())
                .setAutonomy(AutonomyPolicy.newBuilder()
                        .setMinimumIsolation(minimumIsolation)
                        .setAllowedPaths(List.of(below + "src/main/java/**"))
                        .build())
                .setBudget(BudgetPolicy.newBuilder()
                        .setStepTimeoutMs(Duration.ofMinutes(5).toMillis())
                        .setCooldownMs(0)
                        .build())
                .setUpdatedAt(now)
                .build();
    }
}
