package dev.selfheal.ingest.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintGroupingTest {

    @ParameterizedTest
    @ValueSource(strings = {"{{ default }}", "{{default}}", " {{  default }} "})
    void shouldGroupByDefaultWhenTheFingerprintSaysSo(String part) {
        assertThat(key("a.E", part)).isEqualTo(key("a.E"));
    }

    @Test
    void shouldReplaceTheDefault() {
        assertThat(key("a.E", "checkout")).isEqualTo(key("a.F", "checkout")).isNotEqualTo(key("a.E"));
        assertThat(key("a.E", "checkout")).matches("v3:[0-9a-f]{32}");
    }

    @Test
    void shouldExtendTheDefault() {
        assertThat(key("a.E", "{{ default }}", "tenant-7"))
                .isEqualTo(key("a.E", "{{default}}", "tenant-7"))
                .isNotEqualTo(key("a.E", "{{ default }}", "tenant-8"))
                .isNotEqualTo(key("a.F", "{{ default }}", "tenant-7"))
                .isNotEqualTo(key("a.E"));
    }

    @Test
    void shouldNotMistakeOnePartForTwo() {
        assertThat(key("a.E", "a", "b"))
                .isNotEqualTo(key("a.E", "a\n1:b"))
                .isNotEqualTo(key("a.E", "ab"))
                .isNotEqualTo(key("a.E", "b", "a"));
    }

    @Test
    void shouldKeepServicesApart() {
        ErrorEventDraft other = with(ErrorEventDraft.of("pay", chain("a.E")), "checkout");

        assertThat(Grouping.group(other, GroupingRules.INFERRED).key()).isNotEqualTo(key("a.E", "checkout"));
    }

    private static String key(String type, String... fingerprint) {
        return Grouping.group(with(ErrorEventDraft.of("cart", chain(type)), fingerprint), GroupingRules.INFERRED)
                .key();
    }

    private static List<ExceptionInfo> chain(String type) {
        return List.of(new ExceptionInfo(type, "m", List.of()));
    }

    private static ErrorEventDraft with(ErrorEventDraft draft, String... fingerprint) {
        return new ErrorEventDraft(
                draft.service(),
                draft.eventId(),
                draft.environment(),
                draft.release(),
                draft.commit(),
                draft.platform(),
                draft.severity(),
                draft.occurredAt(),
                draft.protocol(),
                draft.exceptions(),
                draft.tags(),
                draft.traceId(),
                draft.reproduction(),
                List.of(fingerprint),
                draft.markedBySender());
    }
}
