package dev.selfheal.patch.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScrubberTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "key AKIAABCDEFGHIJKLMNOP used | key [secret] used",
                "sk-ant-api03-abcdefghijklmnop | [secret]",
                "ghp_abcdefghijklmnopqrstuv | [secret]",
                "jdbc:postgresql://app:s3cret@db/shop | jdbc:postgresql://[secret]@db/shop",
                "db.password=s3cret! and more | db.password=[secret] and more",
                "{\"apiKey\": \"abc123xyz\"} | {\"apiKey\": \"[secret]\"}",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl | [secret]",
            })
    void shouldMaskSecretsInProse(String text, String expected) {
        assertThat(SecretScrubber.prose(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password = readPassword();",
                "if (token == null) {",
                "this.secret = secret;",
                "String token = tokens.next();",
                "int passwordLength = 8;",
            })
    void shouldLeaveCodeAlone(String code) {
        assertThat(SecretScrubber.code(code)).isEqualTo(code);
    }

    @Test
    void shouldMaskLiteralsInCode() {
        assertThat(SecretScrubber.code("String apiKey = \"abc123xyz\";")).isEqualTo("String apiKey = \"[secret]\";");
    }

    @Test
    void shouldStayQuickOnHostileText() {
        String hostile =
                "password".repeat(20_000) + "eyJ" + "a".repeat(50_000) + "-----BEGIN PRIVATE KEY-----".repeat(200);

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> SecretScrubber.prose(hostile));
    }
}
