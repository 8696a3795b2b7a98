package dev.selfheal.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys and quotas over HTTP: three events, then {@code shop} has to wait. */
class ProjectLimitsTest {

    private static final String EVENT = "{\"service\":\"cart\",\"exceptions\":[{\"type\":\"a.E\"}]}";

    private int left = 3;

    private final IngestHarness intake = new IngestHarness((project, events) -> {
        boolean admitted = events <= left;
        left -= admitted ? events : 0;
        return admitted ? Optional.empty() : Optional.of(Duration.ofMillis(6_001));
    });

    @AfterEach
    void stop() {
        intake.close();
    }

    @Test
    void shouldAdmitEventsWithinTheQuotaAndCountThem() throws Exception {
        assertThat(post(EVENT, "shop-key").statusCode()).isEqualTo(202);
        assertThat(count("admitted")).isOne();
    }

    @Test
    void shouldAnswer429WithTheTimeToWaitWhenQuotaIsUsedUp() throws Exception {
        post((EVENT + "\n").repeat(3), "shop-key");

        HttpResponse<byte[]> answer = post(EVENT, "shop-key");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
        assertThat(answer.headers().firstValue("X-Sentry-Rate-Limits")).contains("7:error:project");
        assertThat(new String(answer.body(), UTF_8)).contains("OVER_QUOTA");
        assertThat(intake.published).hasSize(3);
        assertThat(count("over_quota")).isOne();
    }

    @Test
    void shouldRefuseABatchAsAWholeWhenItIsOverTheQuota() throws Exception {
        assertThat(post((EVENT + "\n").repeat(4), "shop-key").statusCode()).isEqualTo(429);
        assertThat(intake.published).isEmpty();
    }

    @Test
    void shouldAnswer429ToSentrysSendersWhenQuotaIsUsedUp() throws Exception {
        left = 0;

        HttpResponse<byte[]> answer = intake.post(
                "/api/7/store/",
                "{\"exception\":{\"values\":[{\"type\":\"a.E\"}]}}".getBytes(UTF_8),
                "X-Sentry-Auth",
                "Sentry sentry_version=7, sentry_key=open");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("X-Sentry-Rate-Limits")).contains("7:error:project");
    }

    @Test
    void shouldAnswer403WhenTheKeyIsOfNoProject() throws Exception {
        assertThat(post(EVENT, "wrong").statusCode()).isEqualTo(403);
        assertThat(intake.published).isEmpty();
    }

    private HttpResponse<byte[]> post(String body, String key) throws Exception {
        return intake.post("/v1/errors", body.getBytes(UTF_8), "Authorization", "Bearer " + key);
    }

    private double count(String outcome) {
        return intake.count("selfheal.ingest.project.events", "project", IngestHarness.SHOP.id(), "outcome", outcome);
    }
}
