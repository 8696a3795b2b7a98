package dev.selfheal.ingest.otlp;

/** The kinds of telemetry in which exceptions are recorded. */
public enum Signal {
    LOGS("log record", "resourceLogs", "scopeLogs", "logRecords"),
    TRACES("span event", "resourceSpans", "scopeSpans", "spans");

    private final String inWords;
    private final String resources;
    private final String scopes;
    private final String records;

    Signal(String inWords, String resources, String scopes, String records) {
        this.inWords = inWords;
        this.resources = resources;
        this.scopes = scopes;
        this.records = records;
    }

    /** What carries an exception. */
    public String inWords() {
        return inWords;
    }

    /** Name of the JSON field for each level. */
    String resources() {
        return resources;
    }

    String scopes() {
        return scopes;
    }

    String records() {
        return records;
    }
}
