package dev.selfheal.analysis.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.analysis.query.Instances.Cut;
import dev.selfheal.analysis.query.Instances.Holders;
import dev.selfheal.analysis.query.Peers.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.HostInfo;

/** Finds the instance, or the instances, that can answer, and makes one answer of theirs. */
final class Distribution {

    private final Instances instances;
    private final Peers peers;

    Distribution(Instances instances, Peers peers) {
        this.instances = instances;
        this.peers = peers;
    }

    /**
     * @param path path and query as they came, encoded
     * @param passedOn whether another instance asks, which wants this one's part alone
     */
    record Question(String path, boolean passedOn, Deadline deadline) {}

    /** The answer of the instance that holds the key; asked once more when the key moved meanwhile. */
    Reply ofKey(Question question, Cut cut, String key, Supplier<ObjectNode> local) {
        try {
            return askOwner(question, cut, key, local);
        } catch (QueryException e) {
            if (!e.isTransient() || question.passedOn()) {
                throw e;
            }
            return askOwner(question, cut, key, local);
        }
    }

    /** The rows of every instance in one page; whoever cannot answer is named. */
    ObjectNode ofAll(Question question, Cut cut, String name, Supplier<Page> newPage, Supplier<Page> local) {
        if (question.passedOn()) {
            return local.get().toPart(name);
        }
        Holders holders = instances.holdersOf(cut);
        Map<String, String> silent = new LinkedHashMap<>();
        Page page = newPage.get();
        boolean anyAnswer = false;
        for (Map.Entry<HostInfo, CompletableFuture<ObjectNode>> asked :
                askAll(question, holders, () -> local.get().toPart(name)).entrySet()) {
            try {
                asked.getValue().join().path(name).forEach(row -> page.offer((ObjectNode) row));
                anyAnswer = true;
            } catch (CompletionException e) {
                silent.put(Instances.name(asked.getKey()), reason(e));
            }
        }
        if (!anyAnswer) {
            throw QueryException.unavailable("no instance can answer: " + silent);
        }
        if (holders.addressShared()) {
            silent.put(Instances.name(instances.self()), Instances.SHARED);
        }
        return marked(page.toJson(name), silent, holders.missingPartitions());
    }

    /** The first instance that knows it. */
    Reply ofAny(Question question, Cut cut, String what, Supplier<ObjectNode> local) {
        if (question.passedOn()) {
            return new Reply(200, Json.bytes(local.get()));
        }
        Holders holders = instances.holdersOf(cut);
        List<String> silent = new ArrayList<>();
        for (Map.Entry<HostInfo, CompletableFuture<ObjectNode>> asked :
                askAll(question, holders, local).entrySet()) {
            try {
                return new Reply(200, Json.bytes(asked.getValue().join()));
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof QueryException refused && refused.status() == 404)) {
                    silent.add(Instances.name(asked.getKey()) + ": " + reason(e));
                }
            }
        }
        if (!silent.isEmpty() || holders.missingPartitions() > 0) {
            throw QueryException.unavailable("the others do not know " + what + "; no answer from " + silent);
        }
        throw QueryException.notFound(what + " is not known, or older than what is kept");
    }

    private Reply askOwner(Question question, Cut cut, String key, Supplier<ObjectNode> local) {
        HostInfo owner = instances.ownerOf(cut, key);
        if (instances.self().equals(owner)) {
            return new Reply(200, Json.bytes(local.get()));
        }
        if (question.passedOn()) {
            throw QueryException.unavailable("the key has moved to " + Instances.name(owner));
        }
        try {
            return peers.ask(owner, question.path(), question.deadline().left()).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof QueryException refused ? refused : e;
        }
    }

    /** The others first, who answer while this one reads. */
    private Map<HostInfo, CompletableFuture<ObjectNode>> askAll(
            Question question, Holders holders, Supplier<ObjectNode> local) {
        Map<HostInfo, CompletableFuture<ObjectNode>> asked = new LinkedHashMap<>();
        for (HostInfo holder : holders.instances()) {
            if (!instances.self().equals(holder)) {
                asked.put(
                        holder,
                        peers.ask(holder, question.path(), question.deadline().left())
                                .thenApply(reply -> object(holder, reply)));
            }
        }
        if (holders.instances().contains(instances.self())) {
            try {
                asked.put(instances.self(), CompletableFuture.completedFuture(local.get()));
            } catch (QueryException e) {
                asked.put(instances.self(), CompletableFuture.failedFuture(e));
            }
        }
        return asked;
    }

    private static ObjectNode object(HostInfo instance, Reply reply) {
        String name = Instances.name(instance);
        if (reply.status() == 404) {
            throw QueryException.notFound("instance " + name + " does not know it");
        }
        try {
            JsonNode body = Json.read(reply.body());
            if (reply.status() == 200 && body instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw QueryException.badPeer(name, "answers with no JSON: " + e.getMessage());
        }
        throw QueryException.badPeer(name, "refuses what this one takes; are they of the same release?");
    }

    private static ObjectNode marked(ObjectNode body, Map<String, String> silent, int missingPartitions) {
        body.put("partial", !silent.isEmpty() || missingPartitions > 0);
        ArrayNode unreachable = body.putArray("unreachable");
        silent.forEach((instance, reason) ->
                unreachable.addObject().put("instance", instance).put("reason", reason));
        if (missingPartitions > 0) {
            body.put("missingPartitions", missingPartitions);
        }
        return body;
    }

    private static String reason(CompletionException e) {
        return String.valueOf(e.getCause().getMessage());
    }
}
