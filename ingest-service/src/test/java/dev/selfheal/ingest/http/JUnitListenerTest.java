package dev.selfheal.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.Reproduction;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What the listener for other people's builds sends is what the intake takes. */
class JUnitListenerTest {

    /** Run by a launcher below, never by the build. */
    static final class Failing {

        @Test
        @SuppressWarnings("DoNotCallSuggester") // to throw is what it is for
        void totalIsPositive() {
            throw new IllegalStateException("no item 17 for jo@example.org");
        }
    }

    @Test
    void shouldPublishAFailingTestWithItsReproduction() {
        try (IngestHarness intake = new IngestHarness()) {
            LauncherFactory.create()
                    .execute(LauncherDiscoveryRequestBuilder.request()
                            .selectors(selectClass(Failing.class))
                            .configurationParameter(
                                    "selfheal.url", intake.address().toString())
                            .configurationParameter("selfheal.service", "The Shop")
                            .configurationParameter("selfheal.module", "core/cart")
                            .build());

            assertThat(intake.published).hasSize(1);
            ErrorEvent event = intake.published.get(0);
            assertThat(event.getService()).isEqualTo("the-shop");
            assertThat(event.getReproduction())
                    .contains(new Reproduction(Failing.class.getName() + "#totalIsPositive", "core/cart"));
            assertThat(event.getExceptions())
                    .extracting(ExceptionInfo::getType)
                    .containsExactly("java.lang.IllegalStateException");
            assertThat(event.getExceptions().get(0).getFrames().get(0).getInApp())
                    .isTrue();
        }
    }
}
