package dev.selfheal.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CaseViewTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final CaseView view = new CaseView(new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), false));

    @Test
    void shouldShowWhatTheVerdictRestsOnAndTheDiff() throws Exception {
        show("""
                {"caseId": "case-1", "service": "shop", "state": "IN_REVIEW", "updatedAt": "T", "diffSha256": "d",
                 "history": [{"at": "T", "from": "PROPOSED", "to": "IN_REVIEW", "reason": "no test shows it"}],
                 "verdict": {"verdict": "NEEDS_REVIEW", "attempt": 1, "reason": "no test shows it", "confidence": 0.5,
                   "diffSha256": "d", "diff": "-old\\n+new\\n",
                   "checks": [{"name": "compiles", "outcome": "PASSED", "summary": "1 class(es) compiled"}],
                   "evidence": {"testsRun": 7, "newFailures": 0, "knownFailures": 1, "isolation": "BUBBLEWRAP"}}}
                """);

        assertThat(shown())
                .contains("NEEDS_REVIEW of attempt 1: no test shows it")
                .contains("7 run, 0 new failures, 1 known, isolation BUBBLEWRAP")
                .contains("ok      compiles           1 class(es) compiled")
                .contains("  -old\n  +new\n")
                .doesNotContain("not the one the case stands on");
    }

    @Test
    void shouldWarnWhenTheDiffIsOfAnotherAttemptThanTheCaseStandsOn() throws Exception {
        show("{\"caseId\": \"case-1\", \"diffSha256\": \"d\", \"verdict\": {\"diffSha256\": \"e\", \"diff\": \"+x\"}}");

        assertThat(shown()).contains("not the one the case stands on");
    }

    /** An error's message, or a model's diff, must not paint over what the reviewer approves. */
    @Test
    void shouldLetNoControlSequenceReachTheTerminal() throws Exception {
        show("""
                {"caseId": "case-1", "history": [{"reason": "a\\u001b[2Jb\\u202ec"}],
                 "verdict": {"diff": "+x\\r\\u001b[1A-y\\u0008\\n"}}
                """);

        assertThat(shown()).doesNotContain("\u001b", "\u202e", "\r", "\b").contains("a\uFFFD[2Jb\uFFFDc");
    }

    private void show(String json) throws Exception {
        view.whole(new ObjectMapper().readTree(json));
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
