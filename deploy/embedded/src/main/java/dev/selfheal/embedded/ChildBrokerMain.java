package dev.selfheal.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The broker's own JVM: says {@link #READY} when it serves, and ends in order when its standard input ends. */
public final class ChildBrokerMain {

    static final String READY = "READY";

    /** Measured: 157–200 MB resident. C1 and the serial collector because it is small, not because it is fast. */
    private static final List<String> TRIMMED = List.of(
            "-Xmx320m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xshare:auto",
            "-Dlogback.configurationFile=dev/selfheal/embedded/broker-logback.xml");

    /**
     * A terminal sends Ctrl-C, and its own end, to the child as well; then the broker would be gone before its clients have
     * said goodbye. A JVM leaves signals alone that are ignored when it starts.
     */
    private static final List<String> DEAF_TO_THE_TERMINAL = List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    private ChildBrokerMain() {}

    /** How to start a child with this JVM's own Java and class path. Only its standard input's end, or SIGTERM, ends it. */
    static List<String> command(BrokerSettings settings) {
        List<String> command = new ArrayList<>(DEAF_TO_THE_TERMINAL);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(TRIMMED);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ChildBrokerMain.class.getName()));
        command.add(settings.dataDirectory().toString());
        command.add(Integer.toString(settings.port()));
        command.add(Integer.toString(settings.controllerPort()));
        return List.copyOf(command);
    }

    /**
     * @param args data directory, port, controller port
     */
    @SuppressWarnings("SystemOut") // the parent reads it
    public static void main(String[] args) throws IOException {
        Broker broker = new EmbeddedBroker(
                new BrokerSettings(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2])));
        broker.start();
        Runtime.getRuntime().addShutdownHook(new Thread(broker::stop, "broker-shutdown"));
        System.out.println(READY);
        awaitEndOfInput();
        System.exit(0);
    }

    private static void awaitEndOfInput() throws IOException {
        byte[] ignored = new byte[64];
        while (System.in.read(ignored) >= 0) {
            // Nothing is ever sent: the end of the stream is the message.
        }
    }
}
