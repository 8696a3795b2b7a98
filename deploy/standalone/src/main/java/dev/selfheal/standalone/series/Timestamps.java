package dev.selfheal.standalone.series;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Reads timestamps as people write them: ISO 8601 with {@code T} or a blank, {@code MM/dd/yyyy HH:mm[:ss]},
 * {@code yyyy/MM/dd HH:mm[:ss]}, a date alone, Unix time in seconds, milliseconds, microseconds or nanoseconds (told by its size). Without an offset it is UTC. Tries what
 * fitted last first. Not thread-safe.
 */
final class Timestamps {

    private static final List<DateTimeFormatter> FORMATS =
            List.of("uuuu-MM-dd['T'][' ']H:mm[:ss]", "M/d/uuuu H:mm[:ss]", "uuuu/M/d H:mm[:ss]", "uuuu-MM-dd").stream()
                    .map(Timestamps::format)
                    .toList();

    /** From here on, in size, a number of Unix time is in milliseconds: in seconds it would be the year 5138. */
    private static final double LEAST_MILLIS = 1e11;

    private DateTimeFormatter last = FORMATS.get(0);

    /** Epoch milliseconds; empty when it is no timestamp. */
    OptionalLong parse(String text) {
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong number = Numbers.parse(text).stream()
                .filter(Double::isFinite)
                .mapToLong(Timestamps::millis)
                .findFirst();
        if (number.isPresent()) {
            return number;
        }
        OptionalLong asLast = parse(text, last);
        if (asLast.isPresent()) {
            return asLast;
        }
        for (DateTimeFormatter format : FORMATS) {
            OptionalLong at = parse(text, format);
            if (at.isPresent()) {
                last = format;
                return at;
            }
        }
        return OptionalLong.empty();
    }

    private static long millis(double unixTime) {
        double millis = Math.abs(unixTime) < LEAST_MILLIS ? unixTime * 1000 : unixTime;
        while (Math.abs(millis) >= 1000 * LEAST_MILLIS) {
            millis /= 1000;
        }
        return Math.round(millis);
    }

    private static OptionalLong parse(String text, DateTimeFormatter format) {
        try {
            TemporalAccessor best = format.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return OptionalLong.of(millis(best));
        } catch (DateTimeParseException e) {
            return OptionalLong.empty();
        }
    }

    private static long millis(TemporalAccessor time) {
        if (time instanceof OffsetDateTime at) {
            return at.toInstant().toEpochMilli();
        }
        LocalDateTime local = time instanceof LocalDateTime at ? at : ((LocalDate) time).atStartOfDay();
        return local.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private static DateTimeFormatter format(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .optionalStart()
                .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                .optionalEnd()
                .optionalStart()
                .appendLiteral(' ')
                .optionalEnd()
                .appendPattern("['UTC'][XXX][XX][X]")
                .toFormatter(Locale.ROOT);
    }
}
