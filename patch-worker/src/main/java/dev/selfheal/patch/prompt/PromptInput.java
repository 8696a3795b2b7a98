package dev.selfheal.patch.prompt;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.Feedback;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known about an error.
 *
 * @param sources most suspicious first
 * @param reproduction the test that reproduces it
 * @param feedback why earlier attempts were refuted, oldest first
 */
public record PromptInput(
        ErrorEvent event, List<SourceWindow> sources, Optional<SourceWindow> reproduction, List<Feedback> feedback) {

    public PromptInput {
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(reproduction, "reproduction");
        sources = List.copyOf(sources);
        feedback = List.copyOf(feedback);
    }
}
