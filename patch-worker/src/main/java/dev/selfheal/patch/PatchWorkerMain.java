package dev.selfheal.patch;

import dev.selfheal.runtime.ServiceMain;
import java.time.Clock;

/** Runs the patch worker alone: {@code PatchWorkerMain [properties file]}. */
public final class PatchWorkerMain {

    private PatchWorkerMain() {}

    public static void main(String[] args) {
        ServiceMain.run(
                args,
                PatchWorkerConfig::new,
                (config, meters) -> new PatchWorkerService(config, meters, Clock.systemUTC()));
    }
}
