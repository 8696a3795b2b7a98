package dev.selfheal.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.ingest.IngestConfig;
import dev.selfheal.ingest.project.Project;
import dev.selfheal.patch.PatchWorkerConfig;
import dev.selfheal.patch.model.RouteSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the options of a stack mean to its services. */
class StackSettingsTest {

    private static final String ROUTE =
            "models.routes=local\nmodel.local.protocol=openai\nmodel.local.base.url=http://127.0.0.1:1/v1\nmodel.local.name=m\n";

    @TempDir
    private Path temp;

    @Test
    void shouldLetEverybodySendOverHttpAloneUnlessTold() throws IOException {
        IngestConfig ingest = settings(StackOptions.standard()).ingest(Map.of());

        assertThat(ingest.projects().project("")).contains(Project.OPEN);
        assertThat(ingest.readsJsonTopic()).isFalse();
    }

    @Test
    void shouldAskForTheKeysOfTheProjects() throws IOException {
        Path file = Files.writeString(
                temp.resolve("projects.json"), "{\"projects\":[{\"id\":\"7\",\"keys\":[\"a-key-of-7\"]}]}");

        IngestConfig ingest =
                settings(StackOptions.standard().projects(Optional.of(file))).ingest(Map.of());

        assertThat(ingest.projects().project("")).isEmpty();
        assertThat(ingest.projects().project("a-key-of-7").map(Project::id)).contains("7");
    }

    @Test
    void shouldReadTheJsonTopicWhenTold() throws IOException {
        assertThat(settings(StackOptions.standard().jsonTopic(true))
                        .ingest(Map.of())
                        .readsJsonTopic())
                .isTrue();
    }

    @Test
    void shouldGiveThePatchWorkerTheRoutes() throws IOException {
        Path file = Files.writeString(temp.resolve("models.properties"), ROUTE);

        PatchWorkerConfig worker =
                settings(StackOptions.standard().models(Optional.of(file))).patchWorker(Map.of());

        assertThat(worker.routes()).extracting(RouteSettings::name).containsExactly("local");
    }

    @Test
    void shouldTakeKeysOfModelsFromTheEnvironmentAndNothingElse() throws IOException {
        Path file = Files.writeString(temp.resolve("models.properties"), ROUTE);

        assertThat(ModelRoutes.read(
                        file, Map.of("SELFHEAL_MODEL_LOCAL_API_KEYS", "k", "SELFHEAL_URL", "http://x", "HOME", "/")))
                .containsEntry("model.local.api.keys", "k")
                .containsEntry("models.routes", "local")
                .doesNotContainKey("url");
    }

    private StackSettings settings(StackOptions.Builder options) throws IOException {
        return new StackSettings(options.build(), DataDirectory.open(Optional.of(temp.resolve("data"))));
    }
}
