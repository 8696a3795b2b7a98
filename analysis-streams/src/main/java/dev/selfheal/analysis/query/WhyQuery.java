package dev.selfheal.analysis.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.analysis.breaker.Permission;
import dev.selfheal.analysis.breaker.Subject;
import dev.selfheal.analysis.healing.Opening;
import dev.selfheal.analysis.healing.OpeningRule;
import dev.selfheal.analysis.healing.Sighting;
import dev.selfheal.analysis.trend.GroupTrend;
import dev.selfheal.event.Classification;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.Reproduction;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Why a group was healed, or was not. Asks the rule by which the healing case decides, with what is known now, the
 * silence since the group's newest error included.
 */
final class WhyQuery {

    private final GroupQueries groups;
    private final Prospects prospects;
    private final Conditions conditions;
    private final Clock clock;

    WhyQuery(GroupQueries groups, Prospects prospects, LocalStores stores, Clock clock) {
        this.groups = groups;
        this.prospects = prospects;
        this.conditions = new Conditions(stores);
        this.clock = clock;
    }

    ObjectNode why(String group) {
        GroupTrend known = groups.known(group);
        Instant now = latest(clock.instant(), known.lastSeen());
        ErrorTrend trend = groups.trendAt(group, known, now);
        Optional<HealingCase> newest = groups.newestCase(group);
        Optional<HealingPolicy> policy = prospects.policy(known.service());
        ErrorEvent sample = groups.sample(group, known);
        Classification classification = prospects.classify(sample);
        Sighting seen =
                new Sighting(trend, known.counts(), sample.getReproduction().map(Reproduction::getSelector));
        Optional<Permission> permission = policy.map(found -> prospects.permission(sample, found, false, now));
        Opening opening =
                OpeningRule.judge(newest, seen, policy, inquiry(sample, policy, classification, permission, now), now);

        ObjectNode body = Json.object()
                .put("group", group)
                .put("service", known.service())
                .put("at", now.toString())
                .put("answer", answer(newest, opening))
                .put("decision", Conditions.word(opening));
        newest.ifPresent(found -> body.put("caseId", found.getCaseId())
                .put("caseState", found.getState().name()));
        ArrayNode list = body.putArray("conditions");
        Facts facts = new Facts(Subject.of(sample), seen, newest, policy, classification, permission, now);
        conditions.of(facts).forEach(condition -> list.add(condition.toJson()));
        newest.ifPresent(found -> addAttempts(body, found));
        return body;
    }

    /** Services' clocks may run ahead of this one: no error is still to come. */
    private static Instant latest(Instant wall, Instant newestError) {
        return wall.isAfter(newestError) ? wall : newestError;
    }

    /** The rule asks about permissions only where there is a policy. */
    private OpeningRule.Inquiry inquiry(
            ErrorEvent sample,
            Optional<HealingPolicy> policy,
            Classification classification,
            Optional<Permission> permission,
            Instant now) {
        return new OpeningRule.Inquiry() {
            @Override
            public Classification classification() {
                return classification;
            }

            @Override
            public Permission permission() {
                return permission.orElseThrow();
            }

            @Override
            public Permission permissionAhead() {
                return prospects.permission(sample, policy.orElseThrow(), true, now);
            }
        };
    }

    /** Everything a condition may look at. */
    record Facts(
            Subject subject,
            Sighting seen,
            Optional<HealingCase> newest,
            Optional<HealingPolicy> policy,
            Classification classification,
            Optional<Permission> permission,
            Instant now) {}

    private static String answer(Optional<HealingCase> newest, Opening opening) {
        String next = Conditions.sentence(opening);
        return newest.map(found -> {
                    String now = Conditions.sentence(found);
                    return saysItAll(now, opening) ? now : now + " " + next;
                })
                .orElse(next);
    }

    /** The newest case is what is waited for, or has ended for the very reason. */
    private static boolean saysItAll(String sentence, Opening opening) {
        boolean underWay = opening instanceof Opening.Wait wait && wait.cause() == Opening.Cause.UNDER_WAY;
        return underWay || sentence.contains(": " + opening.reason());
    }

    /** What refuted each attempt of the newest case. */
    private static void addAttempts(ObjectNode body, HealingCase found) {
        body.putArray("refutedBy").addAll(Refutations.of(found));
        ArrayNode history = body.putArray("history");
        found.getHistory().forEach(transition -> history.add(Json.of(transition)));
    }
}
