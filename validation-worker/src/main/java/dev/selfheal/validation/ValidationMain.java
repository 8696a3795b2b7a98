package dev.selfheal.validation;

import dev.selfheal.runtime.ServiceMain;
import java.time.Clock;

/** Runs the validation worker alone: {@code ValidationMain [validation.properties]}. */
public final class ValidationMain {

    private ValidationMain() {}

    public static void main(String[] args) {
        ServiceMain.run(
                args,
                ValidationConfig::new,
                (config, meters) -> new ValidationService(config, meters, Clock.systemUTC()));
    }
}
