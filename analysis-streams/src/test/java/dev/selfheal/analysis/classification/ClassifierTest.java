package dev.selfheal.analysis.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.analysis.Samples;
import dev.selfheal.event.Classification;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.FaultClass;
import dev.selfheal.event.Reproduction;
import dev.selfheal.event.ServiceTrend;
import dev.selfheal.event.TrendState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifierTest {

    private static final double THRESHOLD = 0.6;

    private final Classifier classifier = new Classifier(THRESHOLD);

    @ParameterizedTest
    @CsvSource({
        "java.net.ConnectException, INFRASTRUCTURE",
        "java.net.SocketTimeoutException, INFRASTRUCTURE",
        "java.net.UnknownHostException, INFRASTRUCTURE",
        "java.sql.SQLTransientConnectionException, INFRASTRUCTURE",
        "java.lang.OutOfMemoryError, RESOURCE_EXHAUSTION",
        "java.nio.file.AccessDeniedException, SECURITY",
        "java.net.BindException, CONFIGURATION",
        "org.springframework.web.client.HttpServerErrorException$BadGateway, EXTERNAL_DEPENDENCY",
        "java.lang.NullPointerException, CODE",
        "java.lang.StackOverflowError, CODE",
        "java.lang.NoClassDefFoundError, UNKNOWN",
        "org.example.CustomException, UNKNOWN"
    })
    void shouldKnowTheClassByTheRootCauseAlone(String type, FaultClass expected) {
        ErrorEvent event = Errors.of(Errors.thrown("java.lang.RuntimeException", ""), Errors.thrown(type, ""))
                .build();
        assertThat(classify(event).getFaultClass()).isEqualTo(expected);
        assertThat(classify(event).getErrorType()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.lang.NullPointerException", "java.lang.StackOverflowError", "TypeError"})
    void shouldTakeProgrammingErrorsInOwnCodeForCode(String type) {
        Classification found = classify(
                Errors.of(Errors.thrown(type, "", Errors.OWN, Errors.LIBRARY)).build());
        assertThat(found.getFaultClass()).isEqualTo(FaultClass.CODE);
        assertThat(found.getConfidence()).isGreaterThan(0.9);
    }

    @Test
    void shouldJudgeByTheRootCauseWhenAWrapperSaysOtherwise() {
        ErrorEvent event = Errors.of(
                        Errors.thrown("java.net.ConnectException", ""),
                        Errors.thrown("java.lang.NullPointerException", ""))
                .build();
        assertThat(classify(event).getFaultClass()).isEqualTo(FaultClass.CODE);
    }

    @Test
    void shouldBelieveAMessageMoreThanAnArgumentCheckInOwnCode() {
        ErrorEvent event = Errors.of(Errors.thrown(
                        "java.lang.IllegalStateException", "environment variable DATABASE_URL is not set", Errors.OWN))
                .build();
        assertThat(classify(event).getFaultClass()).isEqualTo(FaultClass.CONFIGURATION);
    }

    @Test
    void shouldAbstainWhenTwoClassesThatNoPatchMendsShareTheEvidence() {
        ErrorEvent event = Errors.of(Errors.thrown("javax.net.ssl.SSLHandshakeException", "certificate has expired"))
                .build();
        Classification found = classify(event);
        assertThat(FaultTaxonomy.isMendable(found)).isFalse();
        assertThat(found.getConfidence()).isGreaterThan(0.9);
    }

    @Test
    void shouldTryWhatSoundsLikeATimeoutWhenATestShowsIt() {
        assertThat(classify(reproduced(Errors.of(Errors.thrown("a.Problem", "timed out"))))
                        .getFaultClass())
                .isEqualTo(FaultClass.CODE);
    }

    @Test
    void shouldNotTryWhatIsAConnectionAlthoughATestShowsIt() {
        assertThat(classify(reproduced(Errors.of(Errors.thrown("java.net.ConnectException", ""))))
                        .getFaultClass())
                .isEqualTo(FaultClass.INFRASTRUCTURE);
    }

    @Test
    void shouldTryAnErrorWithoutExceptions() {
        Classification found = classify(Errors.of().build());
        assertThat(found.getFaultClass()).isEqualTo(FaultClass.UNKNOWN);
        assertThat(found.getConfidence()).isEqualTo(1);
        assertThat(found.getReasons()).isEmpty();
    }

    @Test
    void shouldNotTakeACallerOfALibraryForItsPeer() {
        ErrorEvent event = Errors.of(
                        Errors.thrown("a.ClientProblem", "", Errors.frame("okhttp3.Request", false), Errors.OWN))
                .build();
        assertThat(classify(event).getFaultClass()).isEqualTo(FaultClass.UNKNOWN);
    }

    @Test
    void shouldAbstainFromProgrammingErrorsWhenTheWholeServiceRises() {
        Classification found = classify(nullPointer(), Errors.service(TrendState.SPIKING, 10, 6, 0));
        assertThat(found.getFaultClass()).isEqualTo(FaultClass.INFRASTRUCTURE);
        assertThat(found.getReasons().get(0))
                .startsWith("SH-FAULT-WHOLE-SERVICE")
                .contains("6 of 10 groups of shop rise");
    }

    @Test
    void shouldNotBlameTheServiceWhenFewerThanSixTenthsOfItsGroupsRise() {
        assertThat(classify(nullPointer(), Errors.service(TrendState.SPIKING, 10, 5, 0))
                        .getFaultClass())
                .isEqualTo(FaultClass.CODE);
    }

    @Test
    void shouldNotBlameTheServiceWhenItHasTooFewGroups() {
        assertThat(classify(nullPointer(), Errors.service(TrendState.SPIKING, 4, 4, 0))
                        .getFaultClass())
                .isEqualTo(FaultClass.INFRASTRUCTURE);
        assertThat(classify(nullPointer(), Errors.service(TrendState.SPIKING, 3, 3, 0))
                        .getFaultClass())
                .isEqualTo(FaultClass.CODE);
    }

    @Test
    void shouldNotBlameTheServiceWhenItsTotalIsSteady() {
        assertThat(classify(nullPointer(), Errors.service(TrendState.STEADY, 10, 10, 0))
                        .getFaultClass())
                .isEqualTo(FaultClass.CODE);
    }

    @Test
    void shouldForgetWhatTheServiceDidLongAgo() {
        ServiceTrend.Builder past =
                Errors.service(TrendState.SPIKING, 10, 10, 0).setWindowEnd(Samples.START.minus(Duration.ofMinutes(15)));
        assertThat(classify(nullPointer(), past).getFaultClass()).isEqualTo(FaultClass.CODE);
        past.setWindowEnd(past.getWindowEnd().plusMillis(1));
        assertThat(classify(nullPointer(), past).getFaultClass()).isEqualTo(FaultClass.INFRASTRUCTURE);
    }

    @Test
    void shouldTryAReproducedErrorWhileTheWholeServiceRises() {
        ErrorEvent event = reproduced(ErrorEvent.newBuilder(nullPointer()));
        assertThat(classify(event, Errors.service(TrendState.SPIKING, 10, 10, 0))
                        .getFaultClass())
                .isEqualTo(FaultClass.CODE);
    }

    @Test
    void shouldTakeTheOneNewGroupAfterAReleaseForCode() {
        ErrorEvent event = Errors.of(Errors.thrown("java.lang.IllegalStateException", "", Errors.LIBRARY, Errors.OWN))
                .setRelease("2.0")
                .build();
        ServiceTrend.Builder release = Errors.service(TrendState.STEADY, 5, 0, 1)
                .setRelease("2.0")
                .setReleasedAt(Samples.START.minus(Duration.ofHours(1)).plusMillis(1));

        assertThat(classify(event, release).getFaultClass()).isEqualTo(FaultClass.CODE);
        release.setReleasedAt(Samples.START.minus(Duration.ofHours(1)));
        assertThat(reasons(event, release)).noneMatch(reason -> reason.contains("NEW-AFTER-RELEASE"));
        release.setReleasedAt(Samples.START).setNewGroups(2);
        assertThat(reasons(event, release)).noneMatch(reason -> reason.contains("NEW-AFTER-RELEASE"));
        release.setNewGroups(1).setRelease("1.9");
        assertThat(reasons(event, release)).noneMatch(reason -> reason.contains("NEW-AFTER-RELEASE"));
    }

    @Test
    void shouldSeeAFloodOfNewGroups() {
        ErrorEvent event = Errors.of(Errors.thrown("a.Problem", "")).build();
        assertThat(classify(event, Errors.service(TrendState.SPIKING, 6, 0, 5)).getFaultClass())
                .isEqualTo(FaultClass.INFRASTRUCTURE);
        assertThat(classify(event, Errors.service(TrendState.SPIKING, 6, 0, 4)).getFaultClass())
                .isEqualTo(FaultClass.UNKNOWN);
    }

    @Test
    void shouldAbstainFromTheThresholdOnAndNotBelow() {
        ErrorEvent event =
                Errors.of(Errors.thrown("a.Problem", "permission denied")).build();
        double share = classify(event).getConfidence();
        assertThat(new Classifier(share).classify(event, Optional.empty()).getFaultClass())
                .isEqualTo(FaultClass.SECURITY);
        Classification below = new Classifier(Math.nextUp(share)).classify(event, Optional.empty());
        assertThat(below.getFaultClass()).isEqualTo(FaultClass.UNKNOWN);
        assertThat(below.getReasons()).as("what spoke against it is still told").hasSize(1);
    }

    @Test
    void shouldTellTheStrongestReasonOfItsClassFirst() {
        Classification found = classify(
                Errors.of(Errors.thrown("java.net.ConnectException", "Connection refused: timed out", Errors.OWN))
                        .build());
        List<String> reasons = found.getReasons();
        assertThat(reasons.get(0)).startsWith("SH-FAULT-CONNECT +3.0 INFRASTRUCTURE");
        assertThat(reasons.get(reasons.size() - 1)).contains("CODE");
        assertThat(FaultTaxonomy.describe(found))
                .startsWith("infrastructure (0.")
                .contains("SH-FAULT-CONNECT");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0, -1, 1.01, Double.NaN})
    void shouldRefuseAThresholdThatIsNone(double threshold) {
        assertThatThrownBy(() -> new Classifier(threshold)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ErrorEvent reproduced(ErrorEvent.Builder event) {
        return event.setReproduction(
                        Reproduction.newBuilder().setSelector("T#t").build())
                .build();
    }

    private static ErrorEvent nullPointer() {
        return Errors.of(Errors.thrown(Samples.NULL_POINTER, "", Errors.OWN)).build();
    }

    private List<String> reasons(ErrorEvent event, ServiceTrend.Builder service) {
        return classify(event, service).getReasons();
    }

    private Classification classify(ErrorEvent event) {
        return classifier.classify(event, Optional.empty());
    }

    private Classification classify(ErrorEvent event, ServiceTrend.Builder service) {
        return classifier.classify(event, Optional.of(service.build()));
    }
}
