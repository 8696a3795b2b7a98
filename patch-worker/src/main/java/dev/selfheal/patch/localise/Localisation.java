package dev.selfheal.patch.localise;

import dev.selfheal.event.SuspectLocation;
import java.util.List;

/**
 * Where an error may come from, most suspicious first.
 *
 * @param sites suspects whose statement was found
 * @param suspects every suspect, also those of which only the method is known
 * @param tests frames in test sources: context for a prompt, never suspects
 */
public record Localisation(List<FaultSite> sites, List<SuspectLocation> suspects, List<SuspectLocation> tests) {

    public Localisation {
        sites = List.copyOf(sites);
        suspects = List.copyOf(suspects);
        tests = List.copyOf(tests);
    }
}
