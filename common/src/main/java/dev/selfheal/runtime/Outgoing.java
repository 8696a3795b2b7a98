package dev.selfheal.runtime;

import dev.selfheal.envelope.Envelope;
import dev.selfheal.topic.Topic;
import org.apache.avro.specific.SpecificRecord;

/** A message and where it goes; its record key is the topic's key of the data. */
public record Outgoing<T extends SpecificRecord>(Topic<T> topic, Envelope<T> message) {}
