package dev.selfheal.patch.model;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What is told to the model besides the question.
 *
 * @param model its name at the provider
 * @param temperature sampling temperature; empty leaves it to the provider (some models refuse the parameter)
 * @param maxTokensField name of the field that limits the reply, in OpenAI's protocol; newer models of OpenAI want
 *     {@code max_completion_tokens}
 */
public record ModelSettings(String model, OptionalDouble temperature, String maxTokensField) {

    public ModelSettings {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(temperature, "temperature");
        Objects.requireNonNull(maxTokensField, "maxTokensField");
    }
}
