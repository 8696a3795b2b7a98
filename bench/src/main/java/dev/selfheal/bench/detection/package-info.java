/** How soon and how falsely the trend detectors alarm, against textbook methods on the same simulated series. */
package dev.selfheal.bench.detection;
