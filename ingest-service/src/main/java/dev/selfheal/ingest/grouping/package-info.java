/**
 * Which errors are the same error. The group key is a pure function of the service, the root cause's type, its first own
 * frame and its message with the varying parts taken out; its algorithm is versioned in the key.
 */
package dev.selfheal.ingest.grouping;
