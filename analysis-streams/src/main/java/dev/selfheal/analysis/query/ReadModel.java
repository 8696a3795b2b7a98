package dev.selfheal.analysis.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.analysis.archive.CaseArchive;
import dev.selfheal.analysis.breaker.GateSettings;
import dev.selfheal.analysis.classification.Classifier;
import dev.selfheal.analysis.kpi.KpiProcessor;
import dev.selfheal.analysis.query.Distribution.Question;
import dev.selfheal.analysis.query.Instances.Cut;
import dev.selfheal.analysis.query.Peers.Reply;
import dev.selfheal.analysis.trend.GroupTrends;
import dev.selfheal.analysis.trend.TrendProcessor;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.TrendState;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Serves the read model. Listens before the analysis runs, because what it listens on is told to the other instances;
 * until then, and while state moves, it answers 503.
 */
public final class ReadModel implements AutoCloseable {

    private final QuerySettings settings;
    private final Tasks tasks;
    private final Supplier<Optional<KafkaStreams>> streams;
    private final QueryServer server;
    private final GroupQueries groups;
    private final CaseQueries cases;
    private final KpiQueries kpis;
    private final TableQueries tables;
    private final WhyQuery why;
    private final Peers peers;
    private volatile Distribution distribution;

    /**
     * How the stores are cut over instances.
     *
     * @param errorEvents topic whose partitions groups are spread over
     * @param caseSteps topic whose partitions services are spread over
     * @param partitions of each
     */
    public record Tasks(String errorEvents, String caseSteps, int partitions) {}

    /** What the analysis decides by, so that questions are answered as it would decide. */
    public record Rules(GroupTrends trends, Classifier classifier, GateSettings gate) {}

    /**
     * @param streams empty before the start
     * @param rules as the analysis goes by
     */
    public ReadModel(
            QuerySettings settings, Tasks tasks, Supplier<Optional<KafkaStreams>> streams, Rules rules, Clock clock) {
        this.settings = settings;
        this.tasks = tasks;
        this.streams = streams;
        LocalStores stores = new LocalStores(streams, settings.staleAllowed());
        groups = new GroupQueries(stores, rules.trends());
        cases = new CaseQueries(stores);
        kpis = new KpiQueries(stores);
        tables = new TableQueries(stores);
        why = new WhyQuery(groups, new Prospects(stores, rules), stores, clock);
        peers = new Peers(settings.timeout());
        server = new QueryServer(settings, handlers());
    }

    /** Returns when it listens. */
    public void start() {
        server.start();
        HostInfo self = HostInfo.buildFromEndpoint(applicationServer());
        distribution = new Distribution(new StreamsInstances(streams, self), peers);
    }

    /** Where it listens; only after {@link #start()}. */
    public URI address() {
        String literal = settings.host().indexOf(':') < 0 ? settings.host() : "[" + settings.host() + "]";
        return URI.create("http://" + literal + ":" + server.port());
    }

    /** What Kafka Streams tells the other instances: host and port; only after {@link #start()}. */
    public String applicationServer() {
        return settings.advertised()
                .map(url -> url.getHost() + ":" + url.getPort())
                .orElseGet(() -> Instances.name(new HostInfo(OwnAddress.of(settings.host()), server.port())));
    }

    @Override
    public void close() {
        server.close();
    }

    private Map<String, Handler> handlers() {
        byte[] description = description();
        return Map.of(
                "/v1/groups", this::listGroups,
                "/v1/groups/{group}", context -> ofGroup(context, groups::one),
                "/v1/groups/{group}/why", context -> ofGroup(context, why::why),
                "/v1/cases", this::listCases,
                "/v1/cases/{caseId}", this::oneCase,
                "/v1/breakers", this::listBreakers,
                "/v1/services", this::listServices,
                "/v1/kpis", this::listKpis,
                "/openapi.json", context -> QueryServer.answer(context, 200, description));
    }

    private void listGroups(Context context) {
        Parameters parameters = new Parameters(context, Set.of("service", "state", "sort", "limit", "after"));
        Optional<String> service = parameters.text("service");
        Optional<TrendState> state = parameters.oneOf("state", TrendState.class);
        GroupQueries.Filter filter = new GroupQueries.Filter(service, state);
        GroupQueries.Sorting sorting = sorting(parameters);
        Supplier<Page> newPage = pages(parameters, sorting.order());
        gather(
                context,
                cutByGroup(TrendProcessor.TRENDS),
                "groups",
                newPage,
                question -> groups.list(filter, sorting, newPage, question.deadline()));
    }

    private void listCases(Context context) {
        Parameters parameters = new Parameters(context, Set.of("service", "state", "limit", "after"));
        Optional<String> service = parameters.text("service");
        Optional<CaseState> state = parameters.oneOf("state", CaseState.class);
        Supplier<Page> newPage = pages(parameters, CaseQueries.BY_CHANGE);
        gather(
                context,
                cutByGroup(CaseArchive.RECORDS),
                "cases",
                newPage,
                question -> cases.list(state, service, newPage, question.deadline()));
    }

    private void listKpis(Context context) {
        Parameters parameters = new Parameters(context, Set.of("service", "limit", "after"));
        Cut cut = new Cut(KpiProcessor.STORE, tasks.caseSteps(), tasks.partitions());
        Optional<String> service = parameters.text("service");
        Supplier<Page> newPage = pages(parameters, KpiQueries.BY_SERVICE);
        if (service.isPresent()) {
            Question question = QueryServer.question(context, settings);
            answer(context, distribution().ofKey(question, cut, service.get(), () -> kpis.one(service.get())));
        } else {
            gather(context, cut, "kpis", newPage, question -> kpis.list(newPage, question.deadline()));
        }
    }

    private void oneCase(Context context) {
        new Parameters(context, Set.of());
        String caseId = context.pathParam("caseId");
        Question question = QueryServer.question(context, settings);
        answer(
                context,
                distribution()
                        .ofAny(question, cutByGroup(CaseArchive.RECORDS), "case " + caseId, () -> cases.one(caseId)));
    }

    private void ofGroup(Context context, Function<String, ObjectNode> local) {
        new Parameters(context, Set.of());
        String group = context.pathParam("group");
        Question question = QueryServer.question(context, settings);
        answer(
                context,
                distribution().ofKey(question, cutByGroup(TrendProcessor.TRENDS), group, () -> local.apply(group)));
    }

    private void listBreakers(Context context) {
        Parameters parameters = new Parameters(context, Set.of("scope", "limit", "after"));
        Optional<BreakerScope> scope = parameters.oneOf("scope", BreakerScope.class);
        know(
                context,
                parameters,
                "breakers",
                TableQueries.BY_BREAKER,
                (pages, deadline) -> tables.breakers(scope, pages, deadline));
    }

    private void listServices(Context context) {
        Parameters parameters = new Parameters(context, Set.of("limit", "after"));
        know(context, parameters, "services", TableQueries.BY_SERVICE, tables::services);
    }

    /** A list that every instance has whole. */
    private void know(
            Context context,
            Parameters parameters,
            String name,
            Order order,
            BiFunction<Supplier<Page>, Deadline, Page> list) {
        Page page = list.apply(pages(parameters, order), Deadline.in(settings.timeout()));
        QueryServer.answer(context, 200, Json.bytes(page.toJson(name)));
    }

    private void gather(Context context, Cut cut, String name, Supplier<Page> newPage, Function<Question, Page> local) {
        Question question = QueryServer.question(context, settings);
        ObjectNode body = distribution().ofAll(question, cut, name, newPage, () -> local.apply(question));
        QueryServer.answer(context, 200, Json.bytes(body));
    }

    private Supplier<Page> pages(Parameters parameters, Order order) {
        int limit = parameters.limit(settings.maxPage());
        Optional<Order.Place> after = Order.after(parameters);
        return () -> new Page(order, limit, after);
    }

    private static GroupQueries.Sorting sorting(Parameters parameters) {
        String sort = parameters.text("sort").orElse("lastSeen").toLowerCase(Locale.ROOT);
        return switch (sort) {
            case "lastseen" -> GroupQueries.Sorting.LAST_SEEN;
            case "rate" -> GroupQueries.Sorting.RATE;
            default -> throw QueryException.invalid("sort", "is neither lastSeen nor rate");
        };
    }

    private Cut cutByGroup(String store) {
        return new Cut(store, tasks.errorEvents(), tasks.partitions());
    }

    private Distribution distribution() {
        return Optional.ofNullable(distribution)
                .orElseThrow(() -> QueryException.unavailable("the analysis is starting"));
    }

    private static void answer(Context context, Reply reply) {
        QueryServer.answer(context, reply.status(), reply.body());
    }

    private static byte[] description() {
        try (InputStream in = ReadModel.class.getResourceAsStream("read-model.openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("read-model.openapi.json is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("read-model.openapi.json cannot be read", e);
        }
    }
}
