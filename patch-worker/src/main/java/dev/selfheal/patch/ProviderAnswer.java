package dev.selfheal.patch;

import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.ModelUsage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a provider had to say. */
sealed interface ProviderAnswer {

    /** What it cost; empty for a provider that costs nothing. */
    List<ModelUsage> usage();

    /** At least one candidate, best first. */
    record Candidates(List<CandidatePatch> patches, List<ModelUsage> usage) implements ProviderAnswer {
        public Candidates {
            patches = List.copyOf(patches);
            usage = List.copyOf(usage);
            if (patches.isEmpty()) {
                throw new IllegalArgumentException("no candidates: that is NothingFound");
            }
        }
    }

    /** It looked and has nothing to propose. */
    record NothingFound(String reason, List<ModelUsage> usage) implements ProviderAnswer {
        public NothingFound {
            usage = List.copyOf(usage);
        }
    }

    /**
     * It could not look.
     *
     * @param retryAfter when it may be worth asking again, if that is known
     */
    record Unavailable(String reason, Optional<Duration> retryAfter, List<ModelUsage> usage) implements ProviderAnswer {
        public Unavailable {
            usage = List.copyOf(usage);
        }
    }
}
