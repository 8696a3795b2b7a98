package dev.selfheal.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is refused before anything is sent: there is no Kafka here. */
class ReviewCommandTest {

    @TempDir
    private Path temp;

    private final StubReadModel readModel = new StubReadModel();
    private final StringWriter errors = new StringWriter();

    @AfterEach
    void stop() {
        readModel.close();
    }

    @Test
    void shouldRefuseToApproveWhenTheCaseIsNotInReview() {
        readModel.answerCase("case-1", "g", "APPROVED", "2026-11-22T10:00:00Z");

        assertThat(run("approve", "case-1")).isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString().strip())
                .isEqualTo("selfheal: case-1 is APPROVED, not IN_REVIEW: there is nothing to approve");
    }

    @Test
    void shouldRefuseToRejectWhenTheCaseIsNotInReview() {
        readModel.answerCase("case-1", "g", "PROPOSED", "2026-11-22T10:00:00Z");

        assertThat(run("reject", "case-1", "--reason", "no")).isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString()).contains("case-1 is PROPOSED, not IN_REVIEW");
    }

    @Test
    void shouldRefuseToApproveAnotherPatchThanWasLookedAt() {
        readModel.answerCase("case-1", "g", "IN_REVIEW", "2026-11-22T10:00:00Z");

        assertThat(run("approve", "case-1", "--patch", "abd")).isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString()).contains("the patch in review is abc123, not abd");
    }

    @Test
    void shouldAskForAReasonWhenRejecting() {
        assertThat(run("reject", "case-1")).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("--reason");
    }

    @Test
    void shouldRefuseAnotherTryWhileOneIsUnderWay() {
        readModel.answerCase("case-1", "g", "REQUESTED", "2026-11-22T10:00:00Z");

        assertThat(run("force", "case-1")).isEqualTo(ExitCode.FAILURE);
        assertThat(run("retry", "g")).isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString().lines())
                .hasSize(2)
                .allMatch(line -> line.contains("an attempt of case-1 is under"));
    }

    @Test
    void shouldNameWhatIsNotThere() {
        assertThat(run("approve", "case-9")).isEqualTo(ExitCode.FAILURE);
        assertThat(run("show", "case-9")).isEqualTo(ExitCode.FAILURE);
        assertThat(run("stop", "v1:9")).isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString())
                .contains("there is no case case-9")
                .contains("no error of group v1:9 has been seen");
    }

    @Test
    void shouldReadEveryPageOfTheList() {
        readModel.answer("/v1/cases?state=IN_REVIEW&service=shop", "{\"cases\":[{\"caseId\":\"a\"}],\"next\":\"x\"}");
        readModel.answer("/v1/cases?state=IN_REVIEW&service=shop&after=x", "{\"cases\":[{\"caseId\":\"b\"}]}");

        assertThat(run("list", "--service", "shop")).isEqualTo(ExitCode.OK);
    }

    @Test
    void shouldNotPassPartOfTheListForTheWhole() {
        readModel.answer("/v1/cases?state=IN_REVIEW", "{\"cases\":[],\"partial\":true,\"unreachable\":[]}");

        assertThat(run("list")).isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString()).contains("not every instance answers");
    }

    @Test
    void shouldSayWhereItLookedWhenNobodyAnswers() {
        readModel.close();

        assertThat(run("list")).isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString()).contains(readModel.url()).contains("--config");
    }

    @Test
    void shouldWriteWhatVerifyReads() throws Exception {
        readModel.answer(
                "/v1/cases/case-1",
                "{\"caseId\":\"case-1\",\"verdict\":{\"verdict\":\"NEEDS_REVIEW\",\"diff\":\"+x\\n\","
                        + "\"baseCommit\":\"c0\",\"attestation\":\"{\\\"payload\\\":\\\"p\\\"}\"}}");
        Path out = temp.resolve("case.json");

        assertThat(run("show", "case-1", "--out", out.toString())).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(out))
                .contains("\"verdict\" : \"NEEDS_REVIEW\"")
                .contains("\"payload\" : \"p\"")
                .contains("\"diff\" : \"+x\\n\"");
    }

    @Test
    void shouldWriteTheFindingsForEditors() throws Exception {
        readModel.answer(
                "/v1/cases/case-1",
                "{\"caseId\":\"case-1\",\"verdict\":{\"verdict\":\"NEEDS_REVIEW\",\"checks\":[{\"name\":\"risk\",\"findings\":"
                        + "[{\"ruleId\":\"SH-RISK-FILE\",\"level\":\"WARNING\",\"message\":\"reads\",\"path\":\"A.java\",\"line\":3}]}]}}");
        Path sarif = temp.resolve("case.sarif");

        assertThat(run("show", "case-1", "--sarif", sarif.toString())).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(sarif))
                .contains("\"version\" : \"2.1.0\"")
                .contains("\"uri\" : \"A.java\"")
                .contains("\"level\" : \"warning\"");
    }

    @Test
    void shouldRefuseAConfigurationItDoesNotUnderstand() throws Exception {
        Path file = Files.writeString(temp.resolve("x.properties"), "query.ulr=http://a:1\n");

        assertThat(run("list", "--config", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("query.ulr").contains("query.url");
    }

    private int run(String... arguments) {
        CommandLine command = SelfhealMain.commandLine();
        command.setErr(new PrintWriter(errors, true));
        List<String> all = new ArrayList<>(List.of("review"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--read", readModel.url()));
        return command.execute(all.toArray(String[]::new));
    }
}
