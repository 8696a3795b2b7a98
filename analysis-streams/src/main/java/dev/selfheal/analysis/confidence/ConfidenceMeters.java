package dev.selfheal.analysis.confidence;

import dev.selfheal.event.Calibration;
import dev.selfheal.metrics.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/**
 * Shows how true the given confidences were. Known on the instance that learns from outcomes, since its first one; not a
 * number on the others. Thread-safe.
 */
public final class ConfidenceMeters {

    private final AtomicReference<Calibration> newest = new AtomicReference<>();

    public void bind(MeterRegistry registry) {
        Meters.CONFIDENCE_BRIER.gauge(registry, () -> read(Calibration::getBrier));
        Meters.CONFIDENCE_ECE.gauge(registry, () -> read(Calibration::getExpectedCalibrationError));
        Meters.CONFIDENCE_SAMPLES.gauge(registry, () -> read(Calibration::getSamples));
    }

    void accept(Calibration calibration) {
        newest.set(calibration);
    }

    private double read(ToDoubleFunction<Calibration> figure) {
        Calibration calibration = newest.get();
        return calibration == null ? Double.NaN : figure.applyAsDouble(calibration);
    }
}
