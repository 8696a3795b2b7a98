/**
 * Errors in. Every protocol parses into an {@link dev.selfheal.ingest.draft.ErrorEventDraft}; from there one path leads
 * to the topic: scrub, mark own frames, group, publish. This package wires the service and holds its configuration.
 */
package dev.selfheal.ingest;
