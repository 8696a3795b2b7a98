package dev.selfheal.validation.sandbox;

import dev.selfheal.event.Isolation;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A way to shut a process in. Implementations are immutable. */
interface Jail {

    Isolation isolation();

    /** For people: what holds and what does not on this machine. */
    String detail();

    /** What the inmate may write, and what it is told of its surroundings. */
    Surroundings surroundings();

    /** Breaches, as the probe words them, that this jail does not claim to prevent. */
    List<String> tolerated();

    /**
     * The command line that starts the inmate jailed. Its standard input is the order, its standard output becomes
     * descriptor 3 of the inmate (the answer), its standard error receives all the inmate prints.
     */
    List<String> command(Inmate inmate);

    /** The environment of the command itself, which need not be the inmate's. */
    default Map<String, String> commandEnvironment() {
        return surroundings().environment();
    }

    /** Called after the process of a command was killed, for whatever that has not ended. */
    default void ended(List<String> command) throws IOException, InterruptedException {}
}
