/** Stack traces as text: one parser per language behind one interface, and how a language is told when nobody names it. */
package dev.selfheal.ingest.stacktrace;
