package dev.selfheal.analysis.alert;

import dev.selfheal.analysis.message.DerivedId;
import dev.selfheal.event.Alert;
import dev.selfheal.event.AlertLevel;
import java.time.Instant;

/** Alerts whose ids follow from what they are about, so that the same cause never raises two. */
final class Alerts {

    private Alerts() {}

    /**
     * @param cause what tells this alert from others of its name and subject
     */
    static Alert alert(String name, AlertLevel level, String subject, String message, Instant at, String cause) {
        return Alert.newBuilder()
                .setAlertId(DerivedId.of(name, subject, cause))
                .setName(name)
                .setLevel(level)
                .setSubject(subject)
                .setMessage(message)
                .setAt(at)
                .build();
    }

    /** Key of the alerts topic. */
    static String keyOf(Alert alert) {
        return alert.getName() + ":" + alert.getSubject();
    }
}
