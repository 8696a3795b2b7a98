package dev.selfheal.standalone.loop;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.SecurityIncident;

/** Told of each record about the followed service, in the order read. Called on one thread. */
public interface LoopListener {

    void errorSeen(String topic, ErrorEvent event);

    void trendSeen(String topic, ErrorTrend trend);

    void requestSeen(String topic, HealingRequest request);

    void proposalSeen(String topic, PatchProposal proposal);

    void verdictSeen(String topic, PatchVerdict verdict);

    void caseSeen(String topic, HealingCase healingCase);

    void incidentSeen(String topic, SecurityIncident incident);
}
