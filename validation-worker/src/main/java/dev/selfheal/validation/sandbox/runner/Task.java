package dev.selfheal.validation.sandbox.runner;

import java.io.IOException;

/** The one thing a sandboxed JVM does. */
interface Task {

    /** How often to warm up when there is time for it. */
    int rounds();

    /** Loads and exercises what every order needs, before there is one. Runs no untrusted code. */
    void warmUp() throws IOException;

    /** Carries out an encoded order and encodes the report. Runs untrusted code. */
    byte[] run(byte[] order) throws IOException;
}
