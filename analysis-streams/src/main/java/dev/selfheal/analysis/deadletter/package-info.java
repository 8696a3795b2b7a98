/** Records that cannot be processed go to their topic's dead-letter topic, and the next one is processed. */
package dev.selfheal.analysis.deadletter;
