package dev.selfheal.standalone.cli;

import dev.selfheal.ingest.project.Projects;
import dev.selfheal.ingest.project.ProjectsFile;
import dev.selfheal.patch.PatchWorkerConfig;
import dev.selfheal.standalone.stack.ModelRoutes;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/** Files that options hand on to a service, looked at before anything is started: what it would refuse is told at once. */
final class ServiceFiles {

    private ServiceFiles() {}

    /** The file of {@code --models}, with routes that the patch worker can use. */
    static Optional<Path> models(Path file) throws CommandFailure {
        if (file == null) {
            return Optional.empty();
        }
        try {
            PatchWorkerConfig config = new PatchWorkerConfig(ModelRoutes.read(file, System.getenv()));
            if (config.routes().isEmpty()) {
                throw CommandFailure.usage("--models: " + file + " names no route in " + PatchWorkerConfig.ROUTES);
            }
            return Optional.of(file);
        } catch (ConfigException e) {
            throw CommandFailure.usage("--models: " + e.getMessage());
        }
    }

    /** The projects of {@code --projects}, as the intake would know them. */
    static Projects projects(Path file) throws CommandFailure {
        try {
            return ProjectsFile.read(file);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--projects: " + e.getMessage());
        }
    }
}
