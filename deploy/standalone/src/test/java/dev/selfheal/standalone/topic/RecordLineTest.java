package dev.selfheal.standalone.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.selfheal.errors.ErrorCode;
import dev.selfheal.standalone.topic.ValueReader.Value;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RecordLineTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Value NULL = new Value.Read(NullNode.getInstance());
    private static final Value BAD = new Value.Bad(ErrorCode.MALFORMED_RECORD, "no record");

    @Test
    void shouldTellWhereARecordStands() throws JsonProcessingException {
        assertThat(line(record("k".getBytes(UTF_8), null), NULL))
                .isEqualTo(
                        JSON.readTree(
                                "{\"topic\":\"t\",\"partition\":3,\"offset\":17,\"timestamp\":\"1970-01-01T00:00:00Z\",\"key\":\"k\",\"headers\":{},\"value\":null}"));
    }

    @Test
    void shouldShowHeadersAndThoseOfOneNameTogether() throws JsonProcessingException {
        ConsumerRecord<byte[], byte[]> record = record(null, null);
        record.headers().add("ce_id", "1".getBytes(UTF_8));
        record.headers().add("a", "x".getBytes(UTF_8));
        record.headers().add("a", null);
        record.headers().add("a", "y".getBytes(UTF_8));

        JsonNode line = line(record, NULL);

        assertThat(line.path("key").isNull()).isTrue();
        assertThat(line.path("headers")).isEqualTo(JSON.readTree("{\"ce_id\":\"1\",\"a\":[\"x\",null,\"y\"]}"));
    }

    @Test
    void shouldShowInBase64WhatIsNoText() throws JsonProcessingException {
        JsonNode line = line(record(new byte[] {(byte) 0xff}, new byte[] {(byte) 0xfe, 1}), BAD);

        assertThat(line.at("/key/base64").asText()).isEqualTo("/w==");
        assertThat(line.at("/bad/begins/base64").asText()).isEqualTo("/gE=");
    }

    @Test
    void shouldShowWhyAValueIsBadAndHowItBegins() throws JsonProcessingException {
        JsonNode line = line(record(null, "x".repeat(5_000).getBytes(UTF_8)), BAD);

        assertThat(line.has("value")).isFalse();
        assertThat(line.at("/bad/code").asText()).isEqualTo("MALFORMED_RECORD");
        assertThat(line.at("/bad/reason").asText()).isEqualTo("no record");
        assertThat(line.at("/bad/bytes").asInt()).isEqualTo(5_000);
        assertThat(line.at("/bad/begins").asText()).hasSize(4_096);
    }

    @Test
    void shouldStayOneLineInAscii() {
        String line = RecordLine.of(record("ä\n\u2028\u001b[31m".getBytes(UTF_8), null), NULL);

        assertThat(line).hasLineCount(1).isASCII().doesNotContain("\u001b");
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] key, byte[] value) {
        return new ConsumerRecord<>(
                "t", 3, 17, 0, TimestampType.CREATE_TIME, 0, 0, key, value, new RecordHeaders(), Optional.empty());
    }

    private static JsonNode line(ConsumerRecord<byte[], byte[]> record, Value value) throws JsonProcessingException {
        return JSON.readTree(RecordLine.of(record, value));
    }
}
