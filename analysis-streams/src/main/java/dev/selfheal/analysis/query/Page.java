package dev.selfheal.analysis.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.analysis.query.Order.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/**
 * Collects the first rows of a list after a place, however many it is offered; holds one page and one row. A row is made only
 * when the page is asked for, so that what does not get on it costs a comparison.
 */
final class Page {

    private record Placed(Place place, Supplier<ObjectNode> row) {}

    private final Order order;
    private final int limit;
    private final Optional<Place> after;
    /** The last one first, to be pushed out. */
    private final PriorityQueue<Placed> rows =
            new PriorityQueue<>((one, other) -> other.place().compareTo(one.place()));

    Page(Order order, int limit, Optional<Place> after) {
        this.order = order;
        this.limit = limit;
        this.after = after;
    }

    /** A row that is there already, of another instance for example. */
    void offer(ObjectNode row) {
        offer(order.placeOf(row), () -> row);
    }

    /**
     * A row that is made if it gets on the page.
     *
     * @param place the one that the page's order gives the row
     */
    void offer(Place place, Supplier<ObjectNode> row) {
        if (after.filter(last -> place.compareTo(last) <= 0).isEmpty()) {
            rows.add(new Placed(place, row));
            if (rows.size() > limit + 1) {
                rows.remove();
            }
        }
    }

    /** All that is held, for whoever merges it with the rows of others: one row past the page tells that there is more. */
    ObjectNode toPart(String name) {
        return with(name, rows.size());
    }

    /** The page under this name, and where the next one begins when there is one. */
    ObjectNode toJson(String name) {
        ObjectNode body = with(name, limit);
        if (rows.size() > limit) {
            body.put("next", sorted().get(limit - 1).place().cursor());
        }
        return body;
    }

    private ObjectNode with(String name, int most) {
        ObjectNode body = Json.object();
        ArrayNode array = body.putArray(name);
        sorted().stream().limit(most).map(placed -> placed.row().get()).forEach(array::add);
        return body;
    }

    private List<Placed> sorted() {
        List<Placed> sorted = new ArrayList<>(rows);
        sorted.sort((one, other) -> one.place().compareTo(other.place()));
        return sorted;
    }
}
