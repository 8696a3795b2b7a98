package dev.selfheal.standalone.loop;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.SecurityIncident;
import dev.selfheal.topic.Topic;
import dev.selfheal.topic.Topics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads every topic of the loop from the moment it is made and tells listeners what happens to one service. Belongs to
 * no consumer group and commits nothing. Not thread-safe.
 */
public final class LoopFollower implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<String, SpecificRecord> consumer;
    private final String service;
    private final List<LoopListener> listeners;
    private final Map<String, BiConsumer<String, SpecificRecord>> routes = new LinkedHashMap<>();

    /**
     * @param consumer values already deserialised; closed with this follower
     * @param service whose records are told, all others are passed over
     */
    public LoopFollower(
            Consumer<String, SpecificRecord> consumer, Topics topics, String service, List<LoopListener> listeners) {
        this.consumer = consumer;
        this.service = service;
        this.listeners = List.copyOf(listeners);
        route(topics.errorEvents(), ErrorEvent::getService, LoopListener::errorSeen);
        route(topics.errorTrends(), ErrorTrend::getService, LoopListener::trendSeen);
        route(topics.urgentHealingRequests(), HealingRequest::getService, LoopListener::requestSeen);
        route(topics.healingRequests(), HealingRequest::getService, LoopListener::requestSeen);
        route(topics.patchProposals(), PatchProposal::getService, LoopListener::proposalSeen);
        route(topics.approvedPatches(), PatchVerdict::getService, LoopListener::verdictSeen);
        route(topics.rejectedPatches(), PatchVerdict::getService, LoopListener::verdictSeen);
        route(topics.patchesForReview(), PatchVerdict::getService, LoopListener::verdictSeen);
        route(topics.securityIncidents(), SecurityIncident::getService, LoopListener::incidentSeen);
        route(topics.healingCases(), HealingCase::getService, LoopListener::caseSeen);
        startAtTheEnd();
    }

    /** Tells what happens until the history has its end or the time is over. */
    public HealingOutcome follow(CaseHistory history, Duration timeout) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < timeout.toNanos()) {
            poll();
            Optional<HealingOutcome> outcome = history.outcome();
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return HealingOutcome.TIMED_OUT;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void poll() {
        for (ConsumerRecord<String, SpecificRecord> message : consumer.poll(POLL)) {
            if (message.value() != null) {
                routes.get(message.topic()).accept(message.topic(), message.value());
            }
        }
    }

    private void startAtTheEnd() {
        List<TopicPartition> partitions = routes.keySet().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    private <T extends SpecificRecord> void route(Topic<T> topic, ServiceOf<T> serviceOf, Telling<T> telling) {
        routes.put(topic.name(), (name, value) -> {
            T data = topic.type().cast(value);
            if (service.equals(serviceOf.read(data))) {
                listeners.forEach(listener -> telling.tell(listener, name, data));
            }
        });
    }

    private interface ServiceOf<T> {
        String read(T data);
    }

    private interface Telling<T> {
        void tell(LoopListener listener, String topic, T data);
    }
}
