/** The first step of the topology: what time an error has, and that each counts once. */
package dev.selfheal.analysis.intake;
