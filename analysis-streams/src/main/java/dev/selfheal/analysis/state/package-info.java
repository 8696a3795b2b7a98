/** What the stores of a task cost: objects kept at hand, and memory outside the heap kept within its bounds. */
package dev.selfheal.analysis.state;
