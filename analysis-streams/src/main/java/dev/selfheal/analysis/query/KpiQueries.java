package dev.selfheal.analysis.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.analysis.kpi.Figure;
import dev.selfheal.analysis.kpi.KpiProcessor;
import dev.selfheal.analysis.kpi.Kpis;
import dev.selfheal.analysis.kpi.Tally;
import java.util.Map;
import java.util.function.Supplier;

/** Key figures of the services whose figures this instance keeps. */
final class KpiQueries {

    static final Order BY_SERVICE = Order.byKey("service");

    private static final double MICROS = 1_000_000;

    private static final Map<Figure, String> NAMES = Map.ofEntries(
            Map.entry(Figure.OPENED, "casesOpened"),
            Map.entry(Figure.ATTEMPTS, "attempts"),
            Map.entry(Figure.SUCCEEDED, "casesSucceeded"),
            Map.entry(Figure.FAILED, "casesFailed"),
            Map.entry(Figure.APPROVED, "casesApproved"),
            Map.entry(Figure.DEPLOYED, "casesDeployed"),
            Map.entry(Figure.HEALED, "casesHealed"),
            Map.entry(Figure.EXHAUSTED, "casesExhausted"),
            Map.entry(Figure.ABSTAINED, "casesAbstained"),
            Map.entry(Figure.SUPPRESSED, "casesSuppressed"),
            Map.entry(Figure.REGRESSED, "casesRegressed"),
            Map.entry(Figure.ROLLED_BACK, "casesRolledBack"),
            Map.entry(Figure.STOPPED, "casesStopped"),
            Map.entry(Figure.REJECTED_AFTER_APPROVAL, "rejectedAfterApproval"));

    private final LocalStores stores;

    KpiQueries(LocalStores stores) {
        this.stores = stores;
    }

    Page list(Supplier<Page> newPage, Deadline deadline) {
        return stores.<Kpis>scan(
                KpiProcessor.STORE, newPage, deadline, (rows, service, kpis) -> rows.offer(row(service, kpis)));
    }

    ObjectNode one(String service) {
        return stores.<Kpis>get(KpiProcessor.STORE, service)
                .map(kpis -> row(service, kpis))
                .orElseThrow(() -> QueryException.notFound("no case of service " + service + " has been opened"));
    }

    private static ObjectNode row(String service, Kpis kpis) {
        ObjectNode row = Json.object()
                .put("service", service)
                .put("since", kpis.since().toString())
                .put("updatedAt", kpis.updatedAt().toString());
        row.set("total", figures(kpis.total()));
        row.set("last24Hours", figures(kpis.last(24)));
        row.set("last7Days", figures(kpis.last(Kpis.HOURS)));
        return row;
    }

    private static ObjectNode figures(Tally tally) {
        ObjectNode figures = Json.object();
        for (Figure figure : Figure.values()) {
            String name = NAMES.get(figure);
            if (name != null) {
                figures.put(name, tally.sum(figure));
            }
        }
        tally.successRate().ifPresent(rate -> figures.put("successRate", rate));
        tally.mean(Figure.MS_TO_APPROVED, Figure.TIMED_APPROVED)
                .ifPresent(mean -> figures.put("meanTimeToApprovedMs", Math.round(mean)));
        tally.mean(Figure.MS_TO_HEALED, Figure.TIMED_HEALED)
                .ifPresent(mean -> figures.put("meanTimeToHealedMs", Math.round(mean)));
        figures.put("modelCostUsd", tally.sum(Figure.COST_MICRO_USD) / MICROS);
        ObjectNode untried = figures.putObject("untriedByReason");
        tally.reasons().forEach(untried::put);
        return figures;
    }
}
