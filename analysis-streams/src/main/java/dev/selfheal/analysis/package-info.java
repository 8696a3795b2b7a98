/**
 * The brain: whether an error is worth healing, whether healing works, and when to stop. This package wires the service: its
 * configuration, the topology and its steps, one class for each part of the loop.
 */
package dev.selfheal.analysis;
