package dev.selfheal.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports nobody listens on. */
final class FreePorts {

    /**
     * Below every system's ephemeral range: a client that reconnects to a stopped broker's port in that range can be given
     * the very port as its own end, connect to itself, and keep the broker from coming back.
     */
    private static final int FIRST = 15_000;

    private static final int LAST = 32_000;
    private static final int TRIES = 200;

    private FreePorts() {}

    /** A free loopback port; another process may still take it before the caller does. */
    static int next() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + FIRST + " and " + LAST + " in " + TRIES + " tries");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getAllByName(BrokerSettings.HOST)[0], port));
            return true;
        } catch (BindException taken) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot probe port " + port, e);
        }
    }
}
