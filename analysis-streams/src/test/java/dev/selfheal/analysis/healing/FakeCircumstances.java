package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.Samples;
import dev.selfheal.analysis.breaker.Permission;
import dev.selfheal.analysis.breaker.ScopeKey;
import dev.selfheal.analysis.classification.Classifier;
import dev.selfheal.analysis.regression.PastErrors;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.Classification;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingMode;
import dev.selfheal.event.HealingPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Circumstances that a test sets. */
final class FakeCircumstances implements Circumstances {

    private Optional<HealingPolicy> policy = Optional.of(Samples.policy().build());
    private Optional<PastErrors> past = Optional.empty();
    private Permission permission = Permission.GRANTED;
    private Permission budget = Permission.GRANTED;

    void past(PastErrors seen) {
        past = Optional.of(seen);
    }

    void mode(HealingMode mode) {
        permission = new Permission.Granted(mode);
    }

    void policy(HealingPolicy newPolicy) {
        policy = Optional.of(newPolicy);
    }

    void noPolicy() {
        policy = Optional.empty();
    }

    void openBreaker(boolean open) {
        permission = open ? refused("breaker is open") : Permission.GRANTED;
    }

    void useUpBudget() {
        budget = refused("budget used up");
        permission = budget;
    }

    private static Permission refused(String reason) {
        return new Permission.Refused(new ScopeKey(BreakerScope.SYSTEM, "*"), reason);
    }

    @Override
    public Optional<HealingPolicy> policy(String service) {
        return policy;
    }

    @Override
    public Classification classify(ErrorEvent event) {
        return new Classifier(0.6).classify(event, Optional.empty());
    }

    @Override
    public List<String> providers(HealingPolicy ofService, String errorType) {
        return ofService.getProviders();
    }

    @Override
    public Optional<PastErrors> pastErrors(String group) {
        return past;
    }

    @Override
    public Permission permission(ErrorEvent event, HealingPolicy ofService, Instant now) {
        return permission;
    }

    @Override
    public Permission permissionAhead(ErrorEvent event, HealingPolicy ofService, Instant now) {
        return permission;
    }

    @Override
    public Permission budget(HealingPolicy ofService, Instant now) {
        return budget;
    }
}
