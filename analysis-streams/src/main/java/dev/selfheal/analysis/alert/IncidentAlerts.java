package dev.selfheal.analysis.alert;

import dev.selfheal.event.Alert;
import dev.selfheal.event.AlertLevel;
import dev.selfheal.event.SecurityIncident;

/** A security incident as an alert. */
public final class IncidentAlerts {

    static final String NAME = "SecurityIncident";

    private IncidentAlerts() {}

    /** The same incident gives the same alert. */
    public static Alert of(SecurityIncident incident) {
        String message = incident.getService() + ": "
                + (incident.getContained() ? "contained: " : "NOT CONTAINED: ")
                + incident.getRule() + " by patch " + incident.getPatchId() + ": " + incident.getDescription();
        return Alerts.alert(
                NAME, AlertLevel.CRITICAL, incident.getCaseId(), message, incident.getAt(), incident.getIncidentId());
    }
}
