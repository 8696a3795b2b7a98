/** Selfheal's own JSON format for one error event: strict about what it knows, tolerant of fields it does not. */
package dev.selfheal.ingest.json;
