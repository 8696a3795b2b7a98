/** From a draft to an acknowledged record: one path for every protocol, and what it answers. */
package dev.selfheal.ingest.publish;
