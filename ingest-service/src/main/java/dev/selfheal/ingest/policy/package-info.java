/** What policies say about grouping a service's errors, kept up to date from their topic. */
package dev.selfheal.ingest.policy;
