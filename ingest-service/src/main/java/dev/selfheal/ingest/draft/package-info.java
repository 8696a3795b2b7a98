/** What every intake protocol parses into, the limits it must hold, and the refusal it answers with. */
package dev.selfheal.ingest.draft;
