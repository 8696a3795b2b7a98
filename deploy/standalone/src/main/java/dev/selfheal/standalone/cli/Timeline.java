package dev.selfheal.standalone.cli;

import dev.selfheal.standalone.cli.Terminal.Style;
import dev.selfheal.standalone.heal.Progress;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Prints steps with the time since the start, and remembers how long named parts took. Thread-safe. */
final class Timeline implements Progress {

    private final Terminal terminal;
    private final long start = System.nanoTime();
    private final Map<String, Duration> timings = new LinkedHashMap<>();

    Timeline(Terminal terminal) {
        this.terminal = terminal;
    }

    /** One line: time, what kind of step, what happened. */
    synchronized void step(Style style, String kind, String text) {
        String time = String.format(Locale.ROOT, "%6.1fs", elapsed().toMillis() / 1000.0);
        terminal.line(terminal.paint(Style.DIM, time) + "  "
                + terminal.paint(style, String.format(Locale.ROOT, "%-10s", kind)) + " " + text);
    }

    @Override
    public void step(String kind, String text) {
        step(Style.PLAIN, kind, text);
    }

    /** A line that belongs to the step above it. */
    synchronized void detail(String text) {
        terminal.line(" ".repeat(20) + text);
    }

    @Override
    public synchronized void took(String part, Duration time) {
        timings.put(part, time);
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Part to time, in the order they ended. */
    synchronized Map<String, Duration> timings() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(timings));
    }
}
