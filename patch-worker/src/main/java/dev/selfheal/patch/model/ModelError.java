package dev.selfheal.patch.model;

import java.time.Duration;
import java.util.Optional;

/** Why a call to a model gave no usable reply. Each kind answers how the layers around the call treat it. */
public sealed interface ModelError {

    /** What happened, for people; never contains a key. */
    String detail();

    /** True when the same key may be asked the same question again after a pause. */
    default boolean retriable() {
        return false;
    }

    /** What it says about the health of the provider behind the key. */
    Health health();

    /** True when this key is of no use until somebody acts (pays, replaces it). */
    default boolean parksKey() {
        return false;
    }

    /** True when asking another key of the same route would give the same answer. */
    default boolean sameForWholeRoute() {
        return false;
    }

    /** True when the call was held back here and the provider never saw it. */
    default boolean neverSent() {
        return false;
    }

    /** How long the provider asked to be left alone. */
    default Optional<Duration> retryAfter() {
        return Optional.empty();
    }

    /** What was billed although there is no usable reply. */
    default TokenUsage usage() {
        return TokenUsage.NONE;
    }

    /** What a breaker learns from a call. */
    enum Health {
        /** The provider answered: it is well, whatever it said. */
        WELL,
        /** The provider did not do its job. */
        ILL,
        /** The call says nothing about the provider. */
        UNKNOWN
    }

    /** Too many requests or tokens in too short a time. A matter of pace, so no breaker counts it. */
    record RateLimited(Optional<Duration> retryAfter, String detail) implements ModelError {
        @Override
        public boolean retriable() {
            return true;
        }

        @Override
        public Health health() {
            return Health.UNKNOWN;
        }
    }

    /** The account behind the key has no money left; waiting does not help. */
    record OutOfCredit(String detail) implements ModelError {
        @Override
        public Health health() {
            return Health.UNKNOWN;
        }

        @Override
        public boolean parksKey() {
            return true;
        }
    }

    /** The key is wrong, revoked or not allowed to use the model. */
    record AuthFailed(String detail) implements ModelError {
        @Override
        public Health health() {
            return Health.UNKNOWN;
        }

        @Override
        public boolean parksKey() {
            return true;
        }
    }

    /** The provider has too much to do (503, 529) or broke (other 5xx). */
    record Overloaded(Optional<Duration> retryAfter, String detail) implements ModelError {
        @Override
        public boolean retriable() {
            return true;
        }

        @Override
        public Health health() {
            return Health.ILL;
        }
    }

    /** No complete answer within the deadline of the call. */
    record TimedOut(Duration after) implements ModelError {
        @Override
        public String detail() {
            return "no complete answer within " + after.toMillis() + " ms";
        }

        @Override
        public boolean retriable() {
            return true;
        }

        @Override
        public Health health() {
            return Health.ILL;
        }
    }

    /** No connection, or it broke. */
    record Network(String detail) implements ModelError {
        @Override
        public boolean retriable() {
            return true;
        }

        @Override
        public Health health() {
            return Health.ILL;
        }
    }

    /** An answer that is not of the protocol: no JSON, fields missing, or longer than the bound. */
    record BrokenAnswer(String detail) implements ModelError {
        @Override
        public boolean retriable() {
            return true;
        }

        @Override
        public Health health() {
            return Health.ILL;
        }
    }

    /** The model declined, or the provider's filter stopped it. */
    record Refused(TokenUsage usage, String detail) implements ModelError {
        @Override
        public Health health() {
            return Health.WELL;
        }

        @Override
        public boolean sameForWholeRoute() {
            return true;
        }
    }

    /** A complete reply that does not follow the format asked for; mended by one repair turn. */
    record Malformed(TokenUsage usage, String reply, String detail) implements ModelError {
        @Override
        public Health health() {
            return Health.WELL;
        }

        @Override
        public boolean sameForWholeRoute() {
            return true;
        }
    }

    /** The reply ran into the token limit; mended by doubling the limit once. */
    record Truncated(TokenUsage usage, String detail) implements ModelError {
        @Override
        public Health health() {
            return Health.WELL;
        }

        @Override
        public boolean sameForWholeRoute() {
            return true;
        }
    }

    /** The provider does not accept the request: unknown model, too long, a parameter it does not know. */
    record BadRequest(String detail) implements ModelError {
        @Override
        public Health health() {
            return Health.UNKNOWN;
        }

        @Override
        public boolean sameForWholeRoute() {
            return true;
        }
    }

    /** The day's money is spent; nothing was sent. */
    record OutOfBudget(String detail) implements ModelError {
        @Override
        public boolean neverSent() {
            return true;
        }

        @Override
        public Health health() {
            return Health.UNKNOWN;
        }

        @Override
        public boolean sameForWholeRoute() {
            return true;
        }
    }

    /** Our own limits (breaker, pace, calls in flight, parked key) hold the call back; nothing was sent. */
    record HeldBack(Optional<Duration> retryAfter, String detail) implements ModelError {
        @Override
        public boolean neverSent() {
            return true;
        }

        @Override
        public Health health() {
            return Health.UNKNOWN;
        }
    }
}
