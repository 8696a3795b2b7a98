package dev.selfheal.analysis;

import dev.selfheal.analysis.alert.AlertSettings;
import dev.selfheal.analysis.breaker.BreakerSettings;
import dev.selfheal.analysis.breaker.GateSettings;
import dev.selfheal.analysis.breaker.LoadSettings;
import dev.selfheal.analysis.breaker.Pauses;
import dev.selfheal.analysis.breaker.Sensitivity;
import dev.selfheal.analysis.classification.Classifier;
import dev.selfheal.analysis.query.QuerySettings;
import dev.selfheal.analysis.query.ReadModel;
import dev.selfheal.analysis.trend.GroupTrends;
import dev.selfheal.analysis.trend.TrendDetector;
import dev.selfheal.analysis.trend.TrendSettings;
import dev.selfheal.config.ServiceConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
    public static final String STATE_MEMORY_BYTES = "state.memory.bytes";
    public static final String START_TIMEOUT_MS = "start.timeout.ms";
    public static final String TICK_MS = "tick.ms";
    public static final String FORGET_AFTER_MS = "state.forget.after.ms";
    public static final String DUPLICATE_WINDOW_MS = "duplicate.window.ms";
    public static final String DUPLICATE_IDS_MAX = "duplicate.ids.max";
    public static final String POLICY_GRACE_MS = "policy.grace.ms";

    public static final String CLASSIFICATION_ABSTAIN_CONFIDENCE = "classification.abstain.confidence";
    public static final String CONFIDENCE_OUTCOMES = "confidence.outcomes";

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
    public static final String BREAKER_DEGRADED_RATE = "breaker.degraded.rate";
    public static final String BREAKER_WINDOW = "breaker.window";
    public static final String BREAKER_FORESIGHT = "breaker.foresight";
    public static final String BREAKER_REGRESSION_WEIGHT = "breaker.regression.weight";
    public static final String BREAKER_REGRESSION_REVIEW_MS = "breaker.regression.review.ms";
    public static final String BREAKER_OPENING_MS = "breaker.opening.ms";
    public static final String BREAKER_OPENING_MAX_MS = "breaker.opening.max.ms";
    public static final String BREAKER_PROBE_PACE_MS = "breaker.probe.pace.ms";
    public static final String BREAKER_PROBES_TO_CLOSE = "breaker.probes.to.close";

    public static final String ALERTS_FAILURE_RATE = "alerts.failure.rate";
    public static final String ALERTS_MINIMUM_CASES = "alerts.minimum.cases";
    public static final String ALERTS_WINDOW_MINUTES = "alerts.window.minutes";
    public static final String ARCHIVE_CASES_PER_GROUP = "archive.cases.per.group";
    public static final String LOAD_STALE_MS = "load.stale.ms";
    public static final String LOAD_BUSY_SHARE = "load.busy.share";
    public static final String LOAD_SLOT_MS = "load.slot.ms";

    /** Below this the stores would do little but write to disk. */
    private static final long LEAST_STATE_MEMORY_BYTES = 16L << 20;

    public AnalysisConfig(Map<?, ?> values) {
        super(definition(), values);
        try {
            trendSettings();
            querySettings();
            gateSettings(1);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    /** Every key of the service with its default, bounds and meaning. */
    public static ConfigDef definition() {
        ConfigDef definition = ServiceConfig.base();
        service(definition);
        instance(definition);
        trends(definition);
        breakers(definition);
        load(definition);
        alerts(definition);
        judgement(definition);
        return QuerySettings.define(definition);
    }

    private static ConfigDef service(ConfigDef definition) {
        return definition
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
                        START_TIMEOUT_MS,
                        Type.LONG,
                        600_000L,
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
                        FORGET_AFTER_MS,
                        Type.LONG,
                        Duration.ofDays(30).toMillis(),
                        Range.atLeast(Duration.ofDays(1).toMillis()),
                        Importance.MEDIUM,
                        "Milliseconds of stream time after which what nothing has happened to is forgotten: quiet groups with"
                                + " their trend and cases, their breakers, services without errors, and what is known of"
                                + " proposers for single error types. A group with an open case is kept.")
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
                        "Milliseconds an error of a service without a policy waits for one before it is abstained from.");
    }

    private static ConfigDef judgement(ConfigDef definition) {
        return definition
                .define(
                        CLASSIFICATION_ABSTAIN_CONFIDENCE,
                        Type.DOUBLE,
                        0.6,
                        Range.between(0.51, 1),
                        Importance.MEDIUM,
                        "Confidence from which an error that no patch can mend is abstained from, above 0.5.")
                .define(
                        CONFIDENCE_OUTCOMES,
                        Type.INT,
                        500,
                        Range.between(30, 5_000),
                        Importance.LOW,
                        "Outcomes of patches that the calibration of confidence is fitted to, the newest ones.");
    }

    private static ConfigDef instance(ConfigDef definition) {
        return definition
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
                        STATE_MEMORY_BYTES,
                        Type.LONG,
                        256L << 20,
                        Range.atLeast(LEAST_STATE_MEMORY_BYTES),
                        Importance.MEDIUM,
                        "Memory outside the heap for all state of the instance together: blocks read from disk, their indexes"
                                + " and filters, and what is not written to disk yet.");
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
                        BREAKER_DEGRADED_RATE,
                        Type.DOUBLE,
                        0.6,
                        Importance.MEDIUM,
                        "Share of failed cases from which, while it rises, only templates are asked; at most the above.")
                .define(
                        BREAKER_WINDOW,
                        Type.INT,
                        40,
                        Importance.LOW,
                        "Outcomes a breaker remembers; at this many both counts are halved.")
                .define(
                        BREAKER_FORESIGHT,
                        Type.INT,
                        10,
                        Importance.LOW,
                        "Outcomes the slope of the failed share is extrapolated by: worsening opens earlier. 0 for none.")
                .define(
                        BREAKER_REGRESSION_WEIGHT,
                        Type.INT,
                        3,
                        Importance.LOW,
                        "Failed cases that one regression after a deployment counts as.")
                .define(
                        BREAKER_REGRESSION_REVIEW_MS,
                        Type.LONG,
                        86_400_000L,
                        Importance.MEDIUM,
                        "Milliseconds after a regression in which its service's patches need a person.")
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

    private static ConfigDef alerts(ConfigDef definition) {
        return definition
                .define(
                        ALERTS_FAILURE_RATE,
                        Type.DOUBLE,
                        0.3,
                        Range.between(0, 1),
                        Importance.MEDIUM,
                        "Share of failed cases over all services above which HealingFailureRateHigh is raised; each "
                                + "service has its own in its policy.")
                .define(
                        ALERTS_MINIMUM_CASES,
                        Type.INT,
                        5,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Cases with an outcome below which no share over all services is judged.")
                .define(
                        ALERTS_WINDOW_MINUTES,
                        Type.INT,
                        1_440,
                        Range.between(1, 1_440),
                        Importance.LOW,
                        "Minutes the share over all services is taken over.")
                .define(
                        ARCHIVE_CASES_PER_GROUP,
                        Type.INT,
                        20,
                        Range.between(1, 1_000),
                        Importance.LOW,
                        "Newest cases of a group whose history can be asked for.");
    }

    private static ConfigDef load(ConfigDef definition) {
        return definition
                .define(
                        LOAD_STALE_MS,
                        Type.LONG,
                        15_000L,
                        Importance.LOW,
                        "Milliseconds after which what a worker said about its load is no longer believed.")
                .define(
                        LOAD_BUSY_SHARE,
                        Type.DOUBLE,
                        0.5,
                        Importance.LOW,
                        "Share of a step's time-out, up to 1; from this expected wait on only templates are asked.")
                .define(
                        LOAD_SLOT_MS,
                        Type.LONG,
                        60_000L,
                        Importance.LOW,
                        "Milliseconds a group that is held back by load stays so before it is looked at afresh.");
    }

    public String applicationId() {
        return getString(APPLICATION_ID);
    }

    /** Empty for none. */
    public String instanceId() {
        return getString(INSTANCE_ID);
    }

    public long stateMemoryBytes() {
        return getLong(STATE_MEMORY_BYTES);
    }

    public int standbyReplicas() {
        return getInt(STANDBY_REPLICAS);
    }

    public Duration startTimeout() {
        return millis(START_TIMEOUT_MS);
    }

    /** Without anything happening to it, something is forgotten. */
    public Duration forgetAfter() {
        return millis(FORGET_AFTER_MS);
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

    /** Confidence from which an error that no patch can mend is abstained from. */
    public double abstainConfidence() {
        return getDouble(CLASSIFICATION_ABSTAIN_CONFIDENCE);
    }

    /** Outcomes the calibration remembers. */
    public int confidenceOutcomes() {
        return getInt(CONFIDENCE_OUTCOMES);
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

    /** For all services together. */
    public AlertSettings alertSettings() {
        return new AlertSettings(
                getDouble(ALERTS_FAILURE_RATE), getInt(ALERTS_MINIMUM_CASES), getInt(ALERTS_WINDOW_MINUTES));
    }

    public int casesPerGroup() {
        return getInt(ARCHIVE_CASES_PER_GROUP);
    }

    /**
     * By what errors are judged.
     *
     * @param partitions of the analysis
     */
    public ReadModel.Rules rules(int partitions) {
        return new ReadModel.Rules(groupTrends(), new Classifier(abstainConfidence()), gateSettings(partitions));
    }

    /** Empty when the read model is switched off. */
    public Optional<QuerySettings> querySettings() {
        return QuerySettings.of(this);
    }

    /** How the trend of a group is followed. */
    public GroupTrends groupTrends() {
        return new GroupTrends(new TrendDetector(trendSettings()), trendGrace(), trendPublishInterval());
    }

    /**
     * What the gate goes by.
     *
     * @param partitions of the analysis
     */
    public GateSettings gateSettings(int partitions) {
        return new GateSettings(
                breakerSettings(getInt(BREAKER_MINIMUM_VOLUME), Duration.ZERO),
                breakerSettings(getInt(BREAKER_MINIMUM_VOLUME), millis(BREAKER_REGRESSION_REVIEW_MS)),
                breakerSettings(getInt(BREAKER_GROUP_MINIMUM_VOLUME), Duration.ZERO),
                new LoadSettings(millis(LOAD_STALE_MS), getDouble(LOAD_BUSY_SHARE), millis(LOAD_SLOT_MS)),
                partitions);
    }

    private BreakerSettings breakerSettings(int minimumVolume, Duration review) {
        return new BreakerSettings(
                new Sensitivity(
                        minimumVolume,
                        getDouble(BREAKER_FAILURE_RATE),
                        getDouble(BREAKER_DEGRADED_RATE),
                        getInt(BREAKER_WINDOW),
                        getInt(BREAKER_FORESIGHT),
                        getInt(BREAKER_REGRESSION_WEIGHT)),
                new Pauses(
                        millis(BREAKER_OPENING_MS),
                        millis(BREAKER_OPENING_MAX_MS),
                        millis(BREAKER_PROBE_PACE_MS),
                        getInt(BREAKER_PROBES_TO_CLOSE),
                        review));
    }
}
