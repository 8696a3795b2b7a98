package dev.selfheal.embedded;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Registered schemas, one JSON object a line, oldest first. */
final class RegistryFile {

    private final ObjectMapper json = new ObjectMapper();
    private final Path file;

    RegistryFile(Path file) {
        this.file = file;
    }

    List<RegisteredSchema> readAll() {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<RegisteredSchema> schemas = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                schemas.add(json.readValue(line, RegisteredSchema.class));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the registry's file " + file, e);
        }
        return schemas;
    }

    void append(RegisteredSchema schema) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            String line = json.writeValueAsString(schema) + "\n";
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw RegistryException.storeFailed(e.toString());
        }
    }
}
