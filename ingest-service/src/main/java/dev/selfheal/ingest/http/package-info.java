/** The HTTP surface: reading bodies within limits, {@code POST /v1/errors}, and answers that say what to do. */
package dev.selfheal.ingest.http;
