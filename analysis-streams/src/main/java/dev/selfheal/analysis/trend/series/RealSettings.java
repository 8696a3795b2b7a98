package dev.selfheal.analysis.trend.series;

/**
 * How real-valued series are judged. All lengths are rows, so that any sampling interval will do.
 *
 * @param alarmThreshold improbability of a deviation, in nats, at and above which it is an alarm
 * @param learningRows rows at the start that are learned from and score 0; the series is NEW
 * @param memoryRows rows the long-run level averages over
 * @param refractoryRows rows after an alarm within which only something clearly more improbable is another one
 * @param quietRows rows without a value after which the series is QUIET
 */
public record RealSettings(double alarmThreshold, int learningRows, int memoryRows, int refractoryRows, int quietRows) {

    public static final RealSettings DEFAULT = new RealSettings(7.5, 150, 300, 200, 15);

    public RealSettings {
        require(alarmThreshold > 0, "alarmThreshold", alarmThreshold);
        require(learningRows >= 1, "learningRows", learningRows);
        require(memoryRows >= 1, "memoryRows", memoryRows);
        require(refractoryRows >= 1, "refractoryRows", refractoryRows);
        require(quietRows >= 1, "quietRows", quietRows);
    }

    private static void require(boolean holds, String what, Number value) {
        if (!holds) {
            throw new IllegalArgumentException(what + " is out of range: " + value);
        }
    }
}
