/** What Sentry's SDKs send, as captured from them: envelopes, their items, and events with exceptions. */
package dev.selfheal.ingest.sentry;
