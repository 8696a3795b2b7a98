/**
 * Detectors of anomalies in one series of values, row by row and without looking ahead: counts by the same Poisson CUSUM
 * that watches error groups, real values by how improbable their deviations are. One score threshold fits all series.
 */
package dev.selfheal.analysis.trend.series;
