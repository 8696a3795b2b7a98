/**
 * Asking language models over HTTP: two protocols (Anthropic Messages, OpenAI Chat Completions), any number of routes
 * and keys, and everything that keeps a slow, paid and unreliable dependency from hurting the rest.
 *
 * <p>From the outside in, a call passes: fallback to another key or route ({@link dev.selfheal.patch.model.ModelGateway}),
 * retry ({@link dev.selfheal.patch.model.RetryRule}), then per key ({@link dev.selfheal.patch.model.RouteSlot}) breaker,
 * pacing, bulkhead, deadline and budget, and last the wire ({@link dev.selfheal.patch.model.HttpModelClient}). Nothing in
 * here blocks a thread while a call is under way.
 */
package dev.selfheal.patch.model;
