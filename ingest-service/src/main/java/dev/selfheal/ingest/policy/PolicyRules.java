package dev.selfheal.ingest.policy;

import dev.selfheal.event.GroupingPolicy;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.ingest.grouping.GroupingRules;
import dev.selfheal.ingest.grouping.InAppPackages;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The grouping rules of each service: its policy's, and where that names no packages, the configured ones. A policy whose
 * patterns cannot be used changes nothing: the service keeps the rules it had. Thread-safe.
 */
public final class PolicyRules implements Function<String, GroupingRules> {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyRules.class);
    private static final int MAX_PATTERNS = 32;
    private static final int MAX_PATTERN_LENGTH = 1_000;

    private final Function<String, Optional<HealingPolicy>> policies;
    private final InAppPackages configured;
    private final Map<String, Read> lastRead = new ConcurrentHashMap<>();

    /**
     * @param policies the newest policy of a service; one that has not changed is the same object
     * @param configured packages of services whose policy names none
     */
    public PolicyRules(Function<String, Optional<HealingPolicy>> policies, InAppPackages configured) {
        this.policies = policies;
        this.configured = configured;
    }

    /**
     * @throws PatternSyntaxException when a message pattern of the policy cannot be used
     */
    public static void check(HealingPolicy policy) {
        messagePatterns(policy.getGrouping());
    }

    /** What was made of a policy; a policy is read once. */
    private record Read(HealingPolicy policy, GroupingRules rules) {

        /** By identity: comparing two whole policies for every error would cost more than reading one. */
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(HealingPolicy newest) {
            return policy == newest;
        }
    }

    @Override
    public GroupingRules apply(String service) {
        Optional<HealingPolicy> policy = policies.apply(service);
        Read known = lastRead.get(service);
        if (policy.isEmpty()) {
            if (known != null) {
                lastRead.remove(service);
            }
            return byConfiguration(service);
        }
        return known != null && known.isOf(policy.get())
                ? known.rules()
                : lastRead.compute(service, (name, last) -> read(policy.get(), name, last))
                        .rules();
    }

    private Read read(HealingPolicy policy, String service, Read last) {
        try {
            return new Read(policy, rules(policy, service));
        } catch (PatternSyntaxException e) {
            LOG.error("the policy of {} has a message pattern that cannot be used: {}", service, e.getMessage());
            return new Read(policy, last == null ? byConfiguration(service) : last.rules());
        }
    }

    private GroupingRules rules(HealingPolicy policy, String service) {
        GroupingPolicy grouping = policy.getGrouping();
        List<String> packages = policy.getInAppPackages().isEmpty()
                ? configured.of(service)
                : policy.getInAppPackages().stream()
                        .filter(PolicyRules::isGiven)
                        .toList();
        return new GroupingRules(
                packages,
                messagePatterns(grouping),
                grouping.getIgnoredFrames().stream()
                        .filter(PolicyRules::isGiven)
                        .toList(),
                Set.copyOf(grouping.getByTypeAlone()));
    }

    private static List<Pattern> messagePatterns(GroupingPolicy grouping) {
        return grouping.getMessagePatterns().stream()
                .filter(PolicyRules::isGiven)
                .limit(MAX_PATTERNS)
                .map(PolicyRules::compile)
                .toList();
    }

    /** An empty prefix or pattern would hold everything. */
    private static boolean isGiven(String text) {
        return !text.isBlank();
    }

    private static Pattern compile(String pattern) {
        if (pattern.length() > MAX_PATTERN_LENGTH) {
            throw new PatternSyntaxException("longer than " + MAX_PATTERN_LENGTH + " characters", "", -1);
        }
        return Pattern.compile(pattern);
    }

    private GroupingRules byConfiguration(String service) {
        return GroupingRules.of(configured.of(service));
    }
}
