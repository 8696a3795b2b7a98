package dev.selfheal.ingest.sentry;

/**
 * @param keys who may send
 * @param services which service an event is of
 */
public record SentrySettings(ProjectKeys keys, ServiceNames services) {}
