/** How much each project may send, and what it is told when that was too much. */
package dev.selfheal.ingest.limit;
