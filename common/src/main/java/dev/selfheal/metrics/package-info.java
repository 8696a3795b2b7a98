/** Every meter by name, and the Prometheus endpoint. */
package dev.selfheal.metrics;
