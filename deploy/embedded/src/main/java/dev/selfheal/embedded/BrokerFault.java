package dev.selfheal.embedded;

import java.nio.file.Path;

/**
 * The broker's JVM has ended without being told to.
 *
 * @param exitCode as the system has it; 128 and the signal's number when a signal ended it
 * @param log what it said last
 */
public record BrokerFault(int exitCode, Path log) {

    @Override
    public String toString() {
        return "Kafka's process has ended with exit code " + exitCode + "; its log is " + log;
    }
}
