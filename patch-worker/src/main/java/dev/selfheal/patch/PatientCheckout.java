package dev.selfheal.patch;

import dev.selfheal.errors.HealingException;
import dev.selfheal.errors.RetriableException;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.runtime.Pauser;
import dev.selfheal.runtime.RetryPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries again when fetching failed in a way that may pass, as long as the request's deadline allows it. */
final class PatientCheckout {

    private static final Logger LOG = LoggerFactory.getLogger(PatientCheckout.class);

    /** Where the files come from. */
    @FunctionalInterface
    interface Source {
        SourceCheckout.Tree open(SourceRepository repository, Optional<String> commit)
                throws HealingException, InterruptedException;
    }

    private final Source source;
    private final RetryPolicy retry;
    private final Pauser pauser;
    private final Clock clock;
    private final RandomGenerator random;

    PatientCheckout(Source source, RetryPolicy retry, Pauser pauser, Clock clock, RandomGenerator random) {
        this.source = source;
        this.retry = retry;
        this.pauser = pauser;
        this.clock = clock;
        this.random = random;
    }

    /**
     * @throws HealingException {@code SOURCE_UNAVAILABLE}, after the last try
     */
    SourceCheckout.Tree open(SourceRepository repository, Optional<String> commit, Instant deadline)
            throws HealingException, InterruptedException {
        Duration wait = retry.shortest();
        for (int attempt = 1; ; attempt++) {
            try {
                return source.open(repository, commit);
            } catch (RetriableException e) {
                wait = retry.next(wait, random);
                if (attempt >= retry.maxAttempts()
                        || !clock.instant().plus(wait).isBefore(deadline)) {
                    throw e;
                }
                LOG.info("attempt {} to read {} failed: {}", attempt, repository.getUrl(), e.getMessage());
                pauser.pause(wait);
            }
        }
    }
}
