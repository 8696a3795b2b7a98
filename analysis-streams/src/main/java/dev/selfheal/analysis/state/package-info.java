/**
 * What the stores of a task cost: small state written by hand, in few bytes with a version in front, objects kept at hand,
 * and memory outside the heap kept within its bounds.
 */
package dev.selfheal.analysis.state;
