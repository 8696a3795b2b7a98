package dev.selfheal.analysis;

import dev.selfheal.runtime.ServiceMain;
import java.time.Clock;

/** Runs the analysis alone: {@code AnalysisMain [config/analysis.properties]}. */
public final class AnalysisMain {

    private AnalysisMain() {}

    public static void main(String[] args) {
        ServiceMain.run(
                args, AnalysisConfig::new, (config, meters) -> new AnalysisService(config, meters, Clock.systemUTC()));
    }
}
