package dev.selfheal.standalone.stack;

import dev.selfheal.config.ConfigLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;

/** The model routes that a stack's patch worker is given. */
public final class ModelRoutes {

    /** Of {@code models.…} and {@code model.<route>.…}: what else is in the environment is for other services. */
    private static final String VARIABLES = "SELFHEAL_MODEL";

    private ModelRoutes() {}

    /**
     * @param file properties with routes
     * @param environment may hold what is not to stand in a file, such as keys; it wins
     * @throws ConfigException when the file cannot be read
     */
    public static Map<String, String> read(Path file, Map<String, String> environment) {
        Map<String, String> ofModels = environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith(VARIABLES))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return ConfigLoader.load(Optional.of(file), ofModels);
    }
}
