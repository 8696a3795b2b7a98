package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.breaker.Permission;
import dev.selfheal.analysis.regression.PastErrors;
import dev.selfheal.event.Classification;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a decision may look up besides the case and the input. */
public interface Circumstances {

    /** The newest policy of a service. */
    Optional<HealingPolicy> policy(String service);

    /** What kind of fault the error is, seen beside what else its service throws. */
    Classification classify(ErrorEvent event);

    /** The policy's providers in the order in which they are to be asked about such an error. */
    List<String> providers(HealingPolicy policy, String errorType);

    /** What has been seen of a group; empty before its first error. */
    Optional<PastErrors> pastErrors(String group);

    /** Whether breakers and budget let a new case about this error start. */
    Permission permission(ErrorEvent event, HealingPolicy policy, Instant now);

    /** As {@link #permission}, for a case that only a forecast speaks for: it gives way first when workers are short. */
    Permission permissionAhead(ErrorEvent event, HealingPolicy policy, Instant now);

    /** Whether the budget lets one more request of a running case out, and in which mode. */
    Permission budget(HealingPolicy policy, Instant now);
}
