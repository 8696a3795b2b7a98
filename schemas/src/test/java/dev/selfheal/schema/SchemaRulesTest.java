package dev.selfheal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaRulesTest {

    private static final String LONG_MILLIS = "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}";

    @Test
    void shouldAllowAFieldThatComesWithADefault() {
        assertThat(SchemaRules.violations(record(field("\"int\"", "")), record(field("\"int\"", ",\"default\":1"))))
                .isEmpty();
        assertThat(SchemaRules.violations(
                        record(field("\"int\"", "")),
                        record(field("\"int\"", "") + ",{\"name\":\"g\",\"type\":\"string\",\"default\":\"\"}")))
                .isEmpty();
    }

    @Test
    void shouldRefuseAFieldThatComesWithoutADefault() {
        Schema old = record(field("\"int\"", ""));
        Schema now = record(field("\"int\"", "") + ",{\"name\":\"g\",\"type\":\"string\"}");
        assertThat(SchemaRules.violations(old, now)).isNotEmpty();
        assertThat(SchemaRules.violations(now, old)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"long\"",
                "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}",
                "{\"type\":\"long\",\"logicalType\":\"our-own\"}"
            })
    void shouldRefuseAChangedLogicalType(String type) {
        assertThat(SchemaRules.violations(record(field(LONG_MILLIS, "")), record(field(type, ""))))
                .singleElement()
                .asString()
                .contains("R.f")
                .contains("timestamp-millis");
    }

    @Test
    void shouldRefuseAChangedLogicalTypeInsideAnOptionalArray() {
        String before = "[\"null\",{\"type\":\"array\",\"items\":" + LONG_MILLIS + "}]";
        String after = "[\"null\",{\"type\":\"array\",\"items\":\"long\"}]";
        assertThat(SchemaRules.violations(record(field(before, "")), record(field(after, ""))))
                .singleElement()
                .asString()
                .contains("R.f[]");
    }

    @Test
    void shouldRefuseAChangedDecimalScale() {
        String decimal = "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":%d}";
        assertThat(SchemaRules.violations(
                        record(field(decimal.formatted(2), "")), record(field(decimal.formatted(3), ""))))
                .isNotEmpty();
    }

    @Test
    void shouldRefuseANewSymbolOfAnEnumWithoutADefault() {
        assertThat(SchemaRules.violations(enumeration("\"A\"", ""), enumeration("\"A\",\"B\"", "")))
                .isNotEmpty();
    }

    @Test
    void shouldAllowANewSymbolOfAnEnumWithADefault() {
        String fallback = ",\"default\":\"A\"";
        assertThat(SchemaRules.violations(enumeration("\"A\"", fallback), enumeration("\"A\",\"B\"", fallback)))
                .isEmpty();
    }

    private static Schema enumeration(String symbols, String extra) {
        return record(field("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[" + symbols + "]" + extra + "}", ""));
    }

    private static String field(String type, String extra) {
        return "{\"name\":\"f\",\"type\":" + type + extra + "}";
    }

    private static Schema record(String fields) {
        return new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}");
    }
}
