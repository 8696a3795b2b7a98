package dev.selfheal.analysis.regression;

import dev.selfheal.analysis.breaker.DailyBudget;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Twelve bytes: the day in milliseconds and how much of it is used. */
public final class DailyBudgetSerde implements Serde<DailyBudget> {

    private static final int BYTES = Long.BYTES + Integer.BYTES;

    @Override
    public Serializer<DailyBudget> serializer() {
        return (topic, budget) -> budget == null
                ? null
                : ByteBuffer.allocate(BYTES)
                        .putLong(budget.day().toEpochMilli())
                        .putInt(budget.used())
                        .array();
    }

    @Override
    public Deserializer<DailyBudget> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(bytes);
    }

    private static DailyBudget read(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new SerializationException(bytes.length + " bytes are no budget of a day, " + BYTES + " are");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new DailyBudget(Instant.ofEpochMilli(buffer.getLong()), buffer.getInt());
    }
}
