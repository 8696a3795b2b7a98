package dev.selfheal.ingest;

import dev.selfheal.runtime.ServiceMain;
import java.time.Clock;

/** The ingest service as a process of its own. */
public final class IngestMain {

    private IngestMain() {}

    /** @param args one optional argument, the properties file */
    public static void main(String[] args) {
        ServiceMain.run(
                args, IngestConfig::new, (config, meters) -> new IngestService(config, meters, Clock.systemUTC()));
    }
}
