/** Takes secrets and personal data out of an error before anything is published. */
package dev.selfheal.ingest.scrub;
