package dev.selfheal.attestation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.event.Evidence;
import dev.selfheal.event.FlakyTest;

/** Evidence as the predicate holds it: field names of the record, what is not known left out. */
final class EvidenceJson {

    private EvidenceJson() {}

    static ObjectNode of(Evidence evidence) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        evidence.getReproduction().ifPresent(selector -> node.put("reproduction", selector));
        node.put("failedBefore", evidence.getFailedBefore());
        node.put("passedAfter", evidence.getPassedAfter());
        node.put("ownTest", evidence.getOwnTest());
        node.put("testsBefore", evidence.getTestsBefore());
        node.put("testsRun", evidence.getTestsRun());
        node.put("testsPassing", evidence.getTestsPassing());
        node.put("knownFailures", evidence.getKnownFailures());
        node.put("newFailures", evidence.getNewFailures());
        node.put("suiteTests", evidence.getSuiteTests());
        ArrayNode flaky = node.putArray("flaky");
        evidence.getFlaky().forEach(test -> flaky(flaky.addObject(), test));
        measurements(node, evidence);
        node.put("jvm", evidence.getJvm());
        return node;
    }

    private static void flaky(ObjectNode node, FlakyTest test) {
        node.put("test", test.getTest()).put("passed", test.getPassed()).put("failed", test.getFailed());
    }

    private static void measurements(ObjectNode node, Evidence evidence) {
        node.put("mutants", evidence.getMutants());
        node.put("mutantsKilled", evidence.getMutantsKilled());
        node.put("callsCompared", evidence.getCallsCompared());
        node.put("callsChanged", evidence.getCallsChanged());
        ArrayNode effects = node.putArray("newEffects");
        evidence.getNewEffects().forEach(effects::add);
        evidence.getSlowdown().ifPresent(factor -> node.put("slowdown", factor));
        evidence.getAllocation().ifPresent(factor -> node.put("allocation", factor));
        evidence.getQuality().ifPresent(score -> node.put("quality", score));
    }
}
