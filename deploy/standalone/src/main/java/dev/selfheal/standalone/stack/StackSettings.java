package dev.selfheal.standalone.stack;

import dev.selfheal.analysis.AnalysisConfig;
import dev.selfheal.config.ServiceConfig;
import dev.selfheal.ingest.IngestConfig;
import dev.selfheal.patch.PatchWorkerConfig;
import dev.selfheal.standalone.stack.StackOptions.Intake;
import dev.selfheal.validation.ValidationConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** What each service is configured with when all run in one process: small and quick rather than built for load. */
final class StackSettings {

    private final StackOptions options;
    private final DataDirectory data;

    StackSettings(StackOptions options, DataDirectory data) {
        this.options = options;
        this.data = data;
    }

    IngestConfig ingest(Map<String, String> common) {
        Map<String, String> values = new HashMap<>(common);
        values.put(ServiceConfig.HTTP_PORT, port(options.ports().ingest()));
        values.put("producer.buffer.memory", "8388608");
        values.put(IngestConfig.SPOOL_DIRECTORY, data.of("ingest-spool").toString());
        Intake intake = options.intake();
        if (!intake.inAppPackages().isEmpty()) {
            values.put(IngestConfig.IN_APP_PACKAGES, String.join(",", intake.inAppPackages()));
        }
        intake.projects().ifPresent(file -> values.put(IngestConfig.PROJECTS, file.toString()));
        values.put(IngestConfig.JSON_TOPIC, Boolean.toString(intake.jsonTopic()));
        return new IngestConfig(values);
    }

    AnalysisConfig analysis(Map<String, String> common) {
        Map<String, String> values = new HashMap<>(common);
        values.put(ServiceConfig.HTTP_PORT, port(options.ports().query()));
        values.put(AnalysisConfig.STATE_DIR, data.of("analysis").toString());
        values.put("streams.commit.interval.ms", "100");
        values.put("streams.num.stream.threads", "1");
        values.put("streams.statestore.cache.max.bytes", "4194304");
        values.put("producer.buffer.memory", "8388608");
        return new AnalysisConfig(values);
    }

    PatchWorkerConfig patchWorker(Map<String, String> common) {
        Map<String, String> values = new HashMap<>();
        options.models().ifPresent(file -> values.putAll(ModelRoutes.read(file, System.getenv())));
        values.putAll(common);
        values.put(PatchWorkerConfig.WORK_DIRECTORY, data.of("patch-worker").toString());
        values.put("producer.buffer.memory", "8388608");
        return new PatchWorkerConfig(values);
    }

    ValidationConfig validation(Map<String, String> common) {
        Map<String, String> values = new HashMap<>(common);
        values.put(ValidationConfig.WORK_DIRECTORY, data.of("validation-worker").toString());
        values.put(ValidationConfig.CONCURRENCY, "1");
        values.put(ValidationConfig.KEY_FILE, data.privateKey().toString());
        values.put(ValidationConfig.KEY_CREATE, "true");
        values.put("producer.buffer.memory", "8388608");
        return new ValidationConfig(values);
    }

    private static String port(OptionalInt port) {
        return Integer.toString(port.orElse(0));
    }
}
