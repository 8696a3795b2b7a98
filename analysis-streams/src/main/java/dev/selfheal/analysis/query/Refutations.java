package dev.selfheal.analysis.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.event.Feedback;
import dev.selfheal.event.HealingCase;
import java.util.List;

/** What refuted the candidates of a case, for people: each once and on one line, oldest first. */
final class Refutations {

    private Refutations() {}

    static List<ObjectNode> of(HealingCase healingCase) {
        return healingCase.getFeedback().stream()
                .map(Refutations::line)
                .distinct()
                .toList();
    }

    /** The next attempt is told the lines of a check as they are; a list of them shows one line each. */
    private static ObjectNode line(Feedback feedback) {
        List<String> lines = feedback.getMessage()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return Json.of(feedback).put("message", String.join("; ", lines));
    }
}
