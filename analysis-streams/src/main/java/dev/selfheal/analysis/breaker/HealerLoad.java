package dev.selfheal.analysis.breaker;

import dev.selfheal.event.WorkerLoad;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How busy the workers are, and who may still ask them. Adaptive throttling as in Google's SRE book, chapter 21 "Handling
 * overload": the share held back is {@code (waiting - K x servable) / (waiting + 1)}, where K is smaller the less urgent a
 * request is. Instead of a random number the group and the time decide, so that a replay holds back the same.
 */
final class HealerLoad {

    private final List<Stage> stages;
    private final Optional<Silence> silence;
    private final LoadSettings settings;

    /**
     * @param workers what each said last; entries too old by their own time are ignored. A kind of which nobody spoke
     *     lately is idle, for idle workers are silent; unless it has had work for as long: then it is lost. A kind of which
     *     nobody ever spoke is not known to speak at all.
     * @param waitingSince when the oldest step began that a worker of a kind has not answered
     */
    HealerLoad(
            Collection<WorkerLoad> workers,
            Function<String, Optional<Instant>> waitingSince,
            LoadSettings settings,
            Instant now) {
        this.settings = settings;
        Instant oldest = now.minus(settings.staleAfter());
        silence = workers.stream()
                .collect(Collectors.toMap(
                        WorkerLoad::getKind,
                        WorkerLoad::getAt,
                        BinaryOperator.maxBy(Comparator.naturalOrder()),
                        TreeMap::new))
                .entrySet()
                .stream()
                .filter(kind -> kind.getValue().isBefore(oldest))
                .flatMap(kind -> waitingSince.apply(kind.getKey()).filter(oldest::isAfter).stream()
                        .map(since -> new Silence(kind.getKey(), since)))
                .findFirst();
        Map<String, List<WorkerLoad>> byKind = workers.stream()
                .filter(worker -> !worker.getAt().isBefore(oldest))
                .collect(Collectors.groupingBy(WorkerLoad::getKind, TreeMap::new, Collectors.toList()));
        stages = byKind.entrySet().stream()
                .map(kind -> Stage.of(kind.getKey(), kind.getValue()))
                .toList();
    }

    /** Why such a request does not go out now; empty when it does. */
    Optional<String> refusal(String group, Urgency urgency, Duration patience, Instant now) {
        if (silence.isPresent()) {
            return Optional.of("overloaded: no " + silence.get().kind() + " speaks, although one is waited for since "
                    + silence.get().since());
        }
        for (Stage stage : stages) {
            if (stage.expectedWaitMs() > patience.toMillis()) {
                return Optional.of("overloaded: a request would wait " + seconds(stage.expectedWaitMs()) + " s for a "
                        + stage.kind() + ", longer than the step may take");
            }
            if (draw(group, now) < heldBack(stage, urgency, patience)) {
                return Optional.of("overloaded: " + stage.waiting() + " requests wait for a " + stage.kind() + "; "
                        + urgency + " ones give way first");
            }
        }
        return Optional.empty();
    }

    /** Requests wait long enough that cheaper answers are called for. */
    boolean isBusy(Duration patience) {
        return silence.isPresent()
                || stages.stream()
                        .anyMatch(stage -> stage.isSaturated()
                                || stage.expectedWaitMs() >= settings.busyShare() * (double) patience.toMillis());
    }

    /** Share of such requests that do not go out, 0..1. */
    private static double heldBack(Stage stage, Urgency urgency, Duration patience) {
        double unhindered = urgency.share() * stage.servedWithin((double) patience.toMillis());
        return Math.max(0, (stage.waiting() - unhindered) / (stage.waiting() + 1));
    }

    /** Evenly spread over 0..1; another number for the same group in the next slot. */
    private double draw(String group, Instant now) {
        long slot = Math.floorDiv(now.toEpochMilli(), settings.slot().toMillis());
        byte[] name = (group + "\n" + slot).getBytes(StandardCharsets.UTF_8);
        return (UUID.nameUUIDFromBytes(name).getLeastSignificantBits() & Long.MAX_VALUE >>> 2) * 0x1.0p-61;
    }

    private record Silence(String kind, Instant since) {}

    private static long seconds(double ms) {
        return Math.round(ms / 1000);
    }
}
