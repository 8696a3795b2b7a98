/**
 * Takes secrets and personal data out of an error before anything is published. What was found is counted by kind, never
 * logged.
 */
package dev.selfheal.ingest.scrub;
