package dev.selfheal.patch;

import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.BudgetPolicy;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.event.TriggerPolicy;
import java.time.Instant;

/** Policies for tests. */
public final class Policies {

    private Policies() {}

    public static HealingPolicy policy() {
        return HealingPolicy.newBuilder()
                .setService("shop")
                .setSource(SourceRepository.newBuilder().setUrl("/nowhere").build())
                .setTrigger(TriggerPolicy.newBuilder().build())
                .setAutonomy(AutonomyPolicy.newBuilder().build())
                .setBudget(BudgetPolicy.newBuilder().build())
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }
}
