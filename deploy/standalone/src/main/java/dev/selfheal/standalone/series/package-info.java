/** Time series in CSV files, row by row: for judging recorded series with the detectors that watch the live ones. */
package dev.selfheal.standalone.series;
