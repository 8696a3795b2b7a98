package dev.selfheal.ingest.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentryKeyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sentry sentry_version=7,sentry_client=sentry.java/8.62.0,sentry_key=abc",
                "Sentry sentry_key=abc, sentry_version=7",
                "sentry sentry_version=7, sentry_key=abc, sentry_secret=x"
            })
    void shouldFindTheKeyInTheHeader(String header) {
        assertThat(SentryKey.find(Optional.of(header), Optional.of("other"))).contains("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Sentry", "Sentry sentry_key=", "Sentry sentry_key=a b\"", "Sentry xsentry_key=q"})
    void shouldTakeTheQueryWhenTheHeaderHoldsNoKey(String header) {
        Optional<String> expected = header.contains("=a b") ? Optional.of("a") : Optional.of("abc");

        assertThat(SentryKey.find(Optional.of(header), Optional.of("abc"))).isEqualTo(expected);
    }

    @Test
    void shouldFindNoneWhenThereIsNone() {
        assertThat(SentryKey.find(Optional.empty(), Optional.of(" "))).isEmpty();
    }
}
