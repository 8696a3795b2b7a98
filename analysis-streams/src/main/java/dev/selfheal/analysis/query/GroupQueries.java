package dev.selfheal.analysis.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.analysis.archive.CaseArchive;
import dev.selfheal.analysis.breaker.ScopeKey;
import dev.selfheal.analysis.breaker.Subject;
import dev.selfheal.analysis.healing.CaseProcessor;
import dev.selfheal.analysis.query.Order.Place;
import dev.selfheal.analysis.trend.GroupTrend;
import dev.selfheal.analysis.trend.GroupTrends;
import dev.selfheal.analysis.trend.TrendProcessor;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.TrendState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What this instance knows of error groups. */
final class GroupQueries {

    static final Order BY_LAST_SEEN = Order.byTime("lastSeen", "group");
    static final Order BY_RATE = Order.byNumber("ratePerMinute", "group");

    /** What a group is sorted by, known before its row is made. */
    enum Sorting {
        LAST_SEEN(BY_LAST_SEEN) {
            @Override
            Place placeOf(String group, GroupTrend known) {
                return new Place(known.lastSeen().toEpochMilli(), group);
            }
        },
        RATE(BY_RATE) {
            @Override
            Place placeOf(String group, GroupTrend known) {
                return new Place(rate(known), group);
            }
        };

        private final Order order;

        Sorting(Order order) {
            this.order = order;
        }

        /** As the rows of other instances are sorted. */
        Order order() {
            return order;
        }

        abstract Place placeOf(String group, GroupTrend known);
    }

    /** Minutes of counts shown. */
    private static final int RECENT_MINUTES = 60;

    private final LocalStores stores;
    private final GroupTrends trends;

    GroupQueries(LocalStores stores, GroupTrends trends) {
        this.stores = stores;
        this.trends = trends;
    }

    /**
     * @param state of the trend
     */
    record Filter(Optional<String> service, Optional<TrendState> state) {

        boolean takes(GroupTrend known) {
            return service.filter(name -> !name.equals(known.service())).isEmpty()
                    && state.filter(other -> other != known.state()).isEmpty();
        }
    }

    /** Groups with their trend in the window of their newest error, and the state of their newest case. */
    Page list(Filter filter, Sorting sorting, Supplier<Page> newPage, Deadline deadline) {
        return stores.<GroupTrend>scan(TrendProcessor.TRENDS, newPage, deadline, (rows, group, known) -> {
            if (filter.takes(known)) {
                rows.offer(sorting.placeOf(group, known), () -> row(group, known));
            }
        });
    }

    ObjectNode one(String group) {
        GroupTrend known = known(group);
        ObjectNode body = Json.object();
        body.put("group", group).put("service", known.service());
        body.set("trend", Json.of(trend(group, known)));
        addRecent(body.putArray("errorsPerMinute"), known);
        newestCase(group).ifPresent(found -> body.set("case", Json.of(found)));
        ArrayNode earlier = body.putArray("caseIds");
        stores.<String>get(CaseArchive.INDEX, group).map(CaseArchive::ids).ifPresent(ids -> ids.forEach(earlier::add));
        ArrayNode breakers = body.putArray("breakers");
        for (ScopeKey scope : ScopeKey.of(Subject.of(sample(group, known)))) {
            breaker(scope).map(Json::of).ifPresent(breakers::add);
        }
        breaker(ScopeKey.budget(known.service())).map(Json::of).ifPresent(breakers::add);
        return body;
    }

    /**
     * @throws QueryException when this instance, which should, does not know the group
     */
    GroupTrend known(String group) {
        return stores.<GroupTrend>get(TrendProcessor.TRENDS, group)
                .orElseThrow(() -> QueryException.notFound("no error of group " + group + " has been seen"));
    }

    Optional<HealingCase> newestCase(String group) {
        return stores.get(CaseProcessor.CASES, group);
    }

    /** The newest case's error; of a group that never had a case none is kept, its next error brings one. */
    ErrorEvent sample(String group, GroupTrend known) {
        return newestCase(group)
                .flatMap(HealingCase::getEvent)
                .orElseGet(() -> ErrorEvent.newBuilder()
                        .setEventId("")
                        .setGroup(group)
                        .setService(known.service())
                        .setOccurredAt(known.lastSeen())
                        .setReceivedAt(known.lastSeen())
                        .setExceptions(List.of())
                        .build());
    }

    /** In the window of its newest error; of a group that is quiet that window tells no rate any more. */
    ErrorTrend trend(String group, GroupTrend known) {
        ErrorTrend trend = trends.describe(group, known, known.lastSeen());
        return ErrorTrend.newBuilder(trend).setRatePerMinute(rate(known)).build();
    }

    /** In the window that is open now, the silence since the newest error included. */
    ErrorTrend trendAt(String group, GroupTrend known, Instant now) {
        return trends.describe(group, trends.close(known, now), now);
    }

    private ObjectNode row(String group, GroupTrend known) {
        ObjectNode row = Json.of(trend(group, known));
        newestCase(group)
                .ifPresent(found -> row.put("caseId", found.getCaseId())
                        .put("caseState", found.getState().name()));
        return row;
    }

    private static double rate(GroupTrend known) {
        return known.state() == TrendState.QUIET ? 0 : known.counts().at(minuteOf(known.lastSeen()));
    }

    private static long minuteOf(Instant at) {
        return Duration.between(Instant.EPOCH, at).toMinutes();
    }

    private Optional<BreakerState> breaker(ScopeKey scope) {
        return stores.getKnown(CaseProcessor.BREAKERS, scope.toString());
    }

    private static void addRecent(ArrayNode minutes, GroupTrend known) {
        long newest = minuteOf(known.lastSeen());
        for (long minute = newest - RECENT_MINUTES + 1; minute <= newest; minute++) {
            long errors = known.counts().at(minute);
            if (errors > 0) {
                minutes.addObject()
                        .put(
                                "minute",
                                Instant.EPOCH.plus(Duration.ofMinutes(minute)).toString())
                        .put("errors", errors);
            }
        }
    }
}
