package dev.selfheal.standalone.topic;

import dev.selfheal.topic.Topic;
import dev.selfheal.topic.Topics;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A topic of the contract, or the dead letters of one.
 *
 * @param name in full
 * @param origin the topic itself, or the one that the letters are from
 */
public record ReadableTopic(String name, Topic<?> origin) {

    /** All of an installation, each followed by its dead letters. */
    public static List<ReadableTopic> all(Topics topics) {
        return topics.all().stream()
                .flatMap(topic -> Stream.of(
                        new ReadableTopic(topic.name(), topic), new ReadableTopic(topic.deadLetterName(), topic)))
                .toList();
    }

    /**
     * @param given a topic's name, in full or without the prefix
     */
    public static Optional<ReadableTopic> find(Topics topics, String prefix, String given) {
        return Stream.of(given, prefix + given)
                .flatMap(name ->
                        all(topics).stream().filter(topic -> topic.name().equals(name)))
                .findFirst();
    }

    boolean holdsDeadLetters() {
        return !name.equals(origin.name());
    }
}
