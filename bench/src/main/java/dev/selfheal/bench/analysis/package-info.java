/** Speed, memory and restart of the analysis against a broker in a JVM of its own. */
package dev.selfheal.bench.analysis;
