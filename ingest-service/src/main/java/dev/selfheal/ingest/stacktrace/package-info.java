/** Stack traces as text, one parser per language; Java's {@code printStackTrace} to begin with. */
package dev.selfheal.ingest.stacktrace;
