package dev.selfheal.patch.model;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * How long a provider asks to be left alone: {@code retry-after-ms} (OpenAI, Azure) before {@code Retry-After} in
 * seconds or as an HTTP date (RFC 9110, section 10.2.3). Values that cannot be read count as absent.
 */
final class RetryAfter {

    /** Nobody means more than a day; it also keeps arithmetic on hostile values from overflowing. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    static Optional<Duration> of(HttpHeaders headers, Instant now) {
        return headers.firstValue("retry-after-ms")
                .flatMap(value -> number(value, 1))
                .or(() -> headers.firstValue("retry-after").flatMap(value -> secondsOrDate(value.strip(), now)))
                .map(RetryAfter::bounded);
    }

    private static Optional<Duration> secondsOrDate(String value, Instant now) {
        return number(value, 1000).or(() -> date(value, now));
    }

    private static Optional<Duration> number(String value, double millisPerUnit) {
        try {
            double millis = Double.parseDouble(value.strip()) * millisPerUnit;
            return Double.isNaN(millis) || millis < 0
                    ? Optional.empty()
                    : Optional.of(Duration.ofMillis((long) Math.ceil(Math.min(millis, (double) LONGEST.toMillis()))));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> date(String value, Instant now) {
        try {
            Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, then));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration asked) {
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }
}
