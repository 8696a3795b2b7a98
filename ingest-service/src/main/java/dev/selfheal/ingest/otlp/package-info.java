/** Exceptions in what OpenTelemetry's exporters send: on log records, and on the events of spans. */
package dev.selfheal.ingest.otlp;
