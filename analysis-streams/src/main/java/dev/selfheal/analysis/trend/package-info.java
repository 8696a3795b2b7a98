/** Errors per group and minute, and where their rate is going: Poisson CUSUM against a learned baseline, Holt forecast. */
package dev.selfheal.analysis.trend;
