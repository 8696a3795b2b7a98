package dev.selfheal.validation.check;

import dev.selfheal.validation.sandbox.Containment;
import dev.selfheal.validation.sandbox.TestOutcome;
import dev.selfheal.validation.sandbox.TestOutcome.Completed;
import dev.selfheal.validation.sandbox.TestOutcome.Status;
import dev.selfheal.validation.sandbox.TestOutcome.Stopped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the affected test classes do on the base.
 *
 * @param usable the classes that run to their end
 * @param before the results of these, by test id
 * @param stopped why each of the others did not
 */
record BaseResults(List<String> usable, Map<String, Status> before, Map<String, Containment> stopped) {

    static BaseResults of(Map<String, TestOutcome> known) {
        List<String> usable = new ArrayList<>();
        Map<String, Status> before = new HashMap<>();
        Map<String, Containment> stopped = new LinkedHashMap<>();
        known.forEach((test, outcome) -> {
            if (outcome instanceof Completed completed) {
                usable.add(test);
                completed.results().forEach(result -> before.put(result.id(), result.status()));
            } else {
                stopped.put(test, ((Stopped) outcome).containment());
            }
        });
        return new BaseResults(usable, before, stopped);
    }

    /** Present when the sandbox could not be set up for one of them: then nothing was found out about it. */
    Optional<Containment> unavailable() {
        return stopped.values().stream()
                .filter(containment -> containment.kind() == Containment.Kind.UNAVAILABLE)
                .findFirst();
    }
}
