package dev.selfheal.patch.template;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;

/**
 * The root cause as templates see it.
 *
 * @param type fully qualified
 * @param message empty when there was none
 */
public record ErrorInfo(String type, String message) {

    public static ErrorInfo rootCauseOf(ErrorEvent event) {
        ExceptionInfo cause = event.getExceptions().get(event.getExceptions().size() - 1);
        return new ErrorInfo(cause.getType(), cause.getMessage().orElse(""));
    }
}
