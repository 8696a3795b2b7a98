/** The first step of the topology: how much of an error is read, what time it has, and that each counts once. */
package dev.selfheal.analysis.intake;
