package dev.selfheal.analysis;

import dev.selfheal.analysis.breaker.BreakerSettings;
import dev.selfheal.analysis.trend.TrendSettings;
import dev.selfheal.config.ServiceConfig;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** Configuration of the analysis. Whatever stands under {@code streams.} goes to Kafka Streams as it is. */
public final class AnalysisConfig extends ServiceConfig {

    public static final String APPLICATION_ID = "application.id";
    public static final String STATE_DIR = "state.dir";
    public static final String INSTANCE_ID = "instance.id";
    public static final String STANDBY_REPLICAS = "standby.replicas";
    public static final String START_TIMEOUT_MS = "start.timeout.ms";
    public static final String TICK_MS = "tick.ms";
    public static final String DUPLICATE_WINDOW_MS = "duplicate.window.ms";
    public static final String DUPLICATE_IDS_MAX = "duplicate.ids.max";
    public static final String POLICY_GRACE_MS = "policy.grace.ms";

    public static final String TREND_GRACE_MS = "trend.grace.ms";
    public static final String TREND_PUBLISH_INTERVAL_MS = "trend.publish.interval.ms";
    public static final String TREND_ALARM_THRESHOLD = "trend.alarm.threshold";
    public static final String TREND_ALARM_RATIO = "trend.alarm.ratio";
    public static final String TREND_LEARNING_WINDOWS = "trend.learning.windows";
    public static final String TREND_MEMORY_WINDOWS = "trend.memory.windows";
    public static final String TREND_RELEARN_WINDOWS = "trend.relearn.windows";
    public static final String TREND_QUIET_WINDOWS = "trend.quiet.windows";

    public static final String BREAKER_MINIMUM_VOLUME = "breaker.minimum.volume";
    public static final String BREAKER_GROUP_MINIMUM_VOLUME = "breaker.group.minimum.volume";
    public static final String BREAKER_FAILURE_RATE = "breaker.failure.rate";
    public static final String BREAKER_WINDOW = "breaker.window";
    public static final String BREAKER_OPENING_MS = "breaker.opening.ms";
    public static final String BREAKER_OPENING_MAX_MS = "breaker.opening.max.ms";
    public static final String BREAKER_PROBE_PACE_MS = "breaker.probe.pace.ms";
    public static final String BREAKER_PROBES_TO_CLOSE = "breaker.probes.to.close";

    public AnalysisConfig(Map<?, ?> values) {
        super(definition(), values);
        try {
            trendSettings();
            breakerSettings();
            groupBreakerSettings();
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    /** Every key of the service with its default, bounds and meaning. */
    public static ConfigDef definition() {
        return breakers(
                trends(
                        ServiceConfig.base()
                                .define(
                                        APPLICATION_ID,
                                        Type.STRING,
                                        "selfheal-analysis",
                                        new ConfigDef.NonEmptyString(),
                                        Importance.HIGH,
                                        "Name of the Kafka Streams application: consumer group, and prefix of its internal topics.")
                                .define(
                                        STATE_DIR,
                                        Type.STRING,
                                        "",
                                        Importance.HIGH,
                                        "Folder of the local state; one per instance. Empty takes Kafka Streams' own default.")
                                .define(
                                        INSTANCE_ID,
                                        Type.STRING,
                                        "",
                                        Importance.MEDIUM,
                                        "Name of this instance that stays the same over restarts, for example the pod's name: a restarted"
                                                + " instance then gets its partitions back at once. Empty for none.")
                                .define(
                                        STANDBY_REPLICAS,
                                        Type.INT,
                                        0,
                                        Range.atLeast(0),
                                        Importance.MEDIUM,
                                        "Copies of the state that other instances keep up to date, so that one of them takes over without"
                                                + " restoring; each costs the memory, disk and traffic of the original.")
                                .define(
                                        START_TIMEOUT_MS,
                                        Type.LONG,
                                        60_000L,
                                        Range.atLeast(1),
                                        Importance.LOW,
                                        "Milliseconds the service may take to restore its state and get partitions at start.")
                                .define(
                                        TICK_MS,
                                        Type.LONG,
                                        500L,
                                        Range.atLeast(1),
                                        Importance.LOW,
                                        "Milliseconds between two looks for missed deadlines and windows to close.")
                                .define(
                                        DUPLICATE_WINDOW_MS,
                                        Type.LONG,
                                        600_000L,
                                        Range.atLeast(1),
                                        Importance.MEDIUM,
                                        "Milliseconds of stream time within which an event id counts once.")
                                .define(
                                        DUPLICATE_IDS_MAX,
                                        Type.INT,
                                        1_000_000,
                                        Range.atLeast(1),
                                        Importance.LOW,
                                        "Event ids of one partition and window that are remembered at most; when more come, the oldest"
                                                + " are forgotten before their window is over. Up to 86 bytes of heap each.")
                                .define(
                                        POLICY_GRACE_MS,
                                        Type.LONG,
                                        2_000L,
                                        Range.atLeast(0),
                                        Importance.LOW,
                                        "Milliseconds an error of a service without a policy waits for one before it is abstained from.")));
    }

    private static ConfigDef trends(ConfigDef definition) {
        TrendSettings defaults = TrendSettings.DEFAULT;
        return definition
                .define(
                        TREND_GRACE_MS,
                        Type.LONG,
                        60_000L,
                        Range.atLeast(0),
                        Importance.MEDIUM,
                        "Milliseconds an error may come late and still count in its window.")
                .define(
                        TREND_PUBLISH_INTERVAL_MS,
                        Type.LONG,
                        5_000L,
                        Range.atLeast(0),
                        Importance.MEDIUM,
                        "Least milliseconds between two trends of a group whose state does not change.")
                .define(
                        TREND_ALARM_THRESHOLD,
                        Type.DOUBLE,
                        defaults.alarmThreshold(),
                        Importance.MEDIUM,
                        "CUSUM statistic (nats) from which a group is SPIKING; higher is calmer and later.")
                .define(
                        TREND_ALARM_RATIO,
                        Type.DOUBLE,
                        defaults.alarmRatio(),
                        Importance.LOW,
                        "Rise of the rate, as a multiple of the baseline, that is noticed soonest.")
                .define(
                        TREND_LEARNING_WINDOWS,
                        Type.INT,
                        defaults.learningWindows(),
                        Importance.LOW,
                        "Minutes a group stays NEW while its baseline is learned.")
                .define(
                        TREND_MEMORY_WINDOWS,
                        Type.INT,
                        defaults.memoryWindows(),
                        Importance.LOW,
                        "Minutes the baseline averages over.")
                .define(
                        TREND_RELEARN_WINDOWS,
                        Type.INT,
                        defaults.relearnWindows(),
                        Importance.LOW,
                        "Minutes of alarm after which the new level is taken for the usual one.")
                .define(
                        TREND_QUIET_WINDOWS,
                        Type.INT,
                        defaults.quietWindows(),
                        Importance.LOW,
                        "Minutes without an error after which a group is QUIET.");
    }

    private static ConfigDef breakers(ConfigDef definition) {
        return definition
                .define(
                        BREAKER_MINIMUM_VOLUME,
                        Type.INT,
                        10,
                        Importance.MEDIUM,
                        "Ended cases of a service, or of the whole system, below which its breaker never opens.")
                .define(
                        BREAKER_GROUP_MINIMUM_VOLUME,
                        Type.INT,
                        3,
                        Importance.MEDIUM,
                        "Ended cases of one error group below which its breaker never opens.")
                .define(
                        BREAKER_FAILURE_RATE,
                        Type.DOUBLE,
                        0.9,
                        Importance.MEDIUM,
                        "Share of failed cases from which a breaker opens, above 0 and up to 1.")
                .define(
                        BREAKER_WINDOW,
                        Type.INT,
                        40,
                        Importance.LOW,
                        "Outcomes a breaker remembers; at this many both counts are halved.")
                .define(
                        BREAKER_OPENING_MS,
                        Type.LONG,
                        900_000L,
                        Importance.MEDIUM,
                        "Milliseconds a breaker stays open the first time; doubles with each re-trip.")
                .define(
                        BREAKER_OPENING_MAX_MS,
                        Type.LONG,
                        21_600_000L,
                        Importance.LOW,
                        "Longest time a breaker stays open, milliseconds.")
                .define(
                        BREAKER_PROBE_PACE_MS,
                        Type.LONG,
                        300_000L,
                        Importance.LOW,
                        "Least milliseconds between two probes of a half-open breaker.")
                .define(
                        BREAKER_PROBES_TO_CLOSE,
                        Type.INT,
                        2,
                        Importance.LOW,
                        "Successful probes that close a half-open breaker.");
    }

    public String applicationId() {
        return getString(APPLICATION_ID);
    }

    /** Empty for none. */
    public String instanceId() {
        return getString(INSTANCE_ID);
    }

    public int standbyReplicas() {
        return getInt(STANDBY_REPLICAS);
    }

    public Duration startTimeout() {
        return millis(START_TIMEOUT_MS);
    }

    public Duration tick() {
        return millis(TICK_MS);
    }

    public Duration duplicateWindow() {
        return millis(DUPLICATE_WINDOW_MS);
    }

    public int duplicateIds() {
        return getInt(DUPLICATE_IDS_MAX);
    }

    public Duration policyGrace() {
        return millis(POLICY_GRACE_MS);
    }

    public Duration trendGrace() {
        return millis(TREND_GRACE_MS);
    }

    public Duration trendPublishInterval() {
        return millis(TREND_PUBLISH_INTERVAL_MS);
    }

    public TrendSettings trendSettings() {
        return new TrendSettings(
                getDouble(TREND_ALARM_THRESHOLD),
                getDouble(TREND_ALARM_RATIO),
                getInt(TREND_LEARNING_WINDOWS),
                getInt(TREND_MEMORY_WINDOWS),
                getInt(TREND_RELEARN_WINDOWS),
                getInt(TREND_QUIET_WINDOWS));
    }

    /** For services and the whole system. */
    public BreakerSettings breakerSettings() {
        return breakerSettings(getInt(BREAKER_MINIMUM_VOLUME));
    }

    /** For single error groups. */
    public BreakerSettings groupBreakerSettings() {
        return breakerSettings(getInt(BREAKER_GROUP_MINIMUM_VOLUME));
    }

    private BreakerSettings breakerSettings(int minimumVolume) {
        return new BreakerSettings(
                minimumVolume,
                getDouble(BREAKER_FAILURE_RATE),
                getInt(BREAKER_WINDOW),
                millis(BREAKER_OPENING_MS),
                millis(BREAKER_OPENING_MAX_MS),
                millis(BREAKER_PROBE_PACE_MS),
                getInt(BREAKER_PROBES_TO_CLOSE));
    }
}
