package dev.selfheal.ingest.otlp;

/** How OTLP/HTTP is written. */
public enum Encoding {
    PROTOBUF,
    JSON
}
