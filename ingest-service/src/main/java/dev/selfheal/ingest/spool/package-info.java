/**
 * A bounded log on disk for what could not be published: fsynced before it counts as stored, read again in order, checked
 * by CRC. Knows nothing of events.
 */
package dev.selfheal.ingest.spool;
