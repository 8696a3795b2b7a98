package dev.selfheal.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubberTest {

    private final Scrubber scrubber = new Scrubber(List.of());
    private final ScrubCount count = new ScrubCount();

    // Secrets are put together here so that no scanner takes this file for a leak.
    private static final String ALNUM = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "mail to jane.doe+x@mail.example.org failed|mail to [scrubbed:email] failed",
                "Authorization: Bearer abc.def-123|Authorization: [scrubbed:authorization]",
                "{\"authorization\":\"Basic dXNlcjpwYXNz\"}|{\"authorization\":\"[scrubbed:authorization]\"}",
                "sent bearer 0123456789abcdef to x|sent bearer [scrubbed:authorization] to x",
                "postgres://app:s3cr@t!@db:5432/x|postgres://app:[scrubbed:url-password]@db:5432/x",
                "redis://:pw@cache|redis://:[scrubbed:url-password]@cache",
                "Server=db;User=sa;Password=s3cret;Timeout=3|Server=db;User=sa;Password=[scrubbed:password];Timeout=3",
                "DB_PASSWORD=hunter2 is wrong|DB_PASSWORD=[scrubbed:password] is wrong",
                "{\"password\": \"two words\"}|{\"password\": [scrubbed:password]}",
                "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG|aws_secret_access_key = [scrubbed:password]",
                "api-key: 12ab|api-key: [scrubbed:password]",
                "access_token=ya1b2c3d4e5|access_token=[scrubbed:token]",
                "card 4111 1111 1111 1111 declined|card [scrubbed:card] declined",
                "card 5500-0000-0000-0004 declined|card [scrubbed:card] declined"
            })
    void shouldReplaceSecretAndKeepTheShape(String text, String expected) {
        assertThat(scrubber.scrub(text, count)).isEqualTo(expected);
        assertThat(count.total()).isOne();
    }

    /** As libraries and people print them: headers in maps, other languages' literals, JSON in JSON, options, XML. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "headers {Authorization=[Basic %sMjpodW50ZXIyaHVudGVyMg==]}",
                "headers { {authorization=[Bearer %sabcdefabcdefabcdef]} }",
                "{'Authorization': 'Bearer %s'}",
                "Authorization: Splunk %s-B5A79AAD-D822",
                "Authorization: OAuth %sabcdefabcdef",
                "Authorization: OAuth realm=\"a b\", oauth_signature=\"%s\"",
                "Authorization: Digest username=\"jane\", realm=\"a, b\", response=\"%s\"",
                "Authorization: SSWS %sabcdefabcdef",
                "Proxy-Authorization: Basic %sabcdefabcdef",
                "X-Api-Key: %s",
                "{:password=>\"%s\"}",
                "['password' => '%s']",
                "params['password'] = '%s'",
                "password := %s",
                "{\\\"password\\\":\\\"%s\\\"}",
                "{\\\"password\\\":\\\"a\\\\\\\"%s\\\"}",
                "{\\\\\\\"password\\\\\\\":\\\\\\\"%s\\\\\\\"}",
                "{\"password\":\"a\\\"%s\"}",
                "{'password':'a\\'%s'}",
                "{\"password\": \"cut short %s",
                "dbPassword = [%s]",
                "{password=[a, %s]}",
                "DB_PASS=%s",
                "passcode=%s",
                "passphrase: \"correct horse %s\"",
                "secretKeyBase: %s",
                "private_key_id=a, signingKey=%s",
                "password=dom\\%s",
                "--password %s",
                "--db-password '%s'",
                "--api-key=%s",
                "curl -u jane:%s http://localhost",
                "<password>%s</password>",
                "<ns:userPassword type=\"text\">%s</ns:userPassword>",
                "<property name=\"password\" value=\"%s\"/>",
                "<entry key=\"db.password\">%s</entry>",
                "{\"name\":\"password\",\"value\":\"%s\"}",
                "AccountName=a;AccountKey=%saaaaaaaaaaaaaaaaaaaaaaa==;EndpointSuffix=core.windows.net",
                "Endpoint=sb://a/;SharedAccessKey=%saaaa=",
                "https://a.blob.core.windows.net/c?sv=2022&sig=%saaaaaaaaaaaaaaaaaaaaaa%%3D",
                "GET https://b.s3.amazonaws.com/k?X-Amz-Signature=%sabcdef0123456789",
                "Cookie: JSESSIONID=%sabcdef0123456789; a=b",
                "Set-Cookie: session=%sabcdef0123456789; Path=/",
                "{Cookie=[a=b; c=%s], Host=[x]}",
                "cookies={'sid': 'a', 'session_id': '%sabcdef'}",
                "/cart;jsessionid=%sABCDEF",
                "jdbc:oracle:thin:scott/%s@db:1521/x",
                "postgres://u:pa/%s@db/x",
                "https://jane@example.org:%s@db/x",
                "token=%sabcdefghijklmnop",
                "{\"token\":\"%sabcdefgh\"}",
                "refreshToken: [%s-12345678]"
            })
    void shouldFindAValueBehindItsNameHoweverItIsWritten(String form) {
        String text = form.formatted("HUNTER");

        String clean = scrubber.scrub(text, count);

        assertThat(clean).doesNotContain("HUNTER").contains("[scrubbed:");
        assertThat(scrubber.scrub(clean, new ScrubCount())).isEqualTo(clean);
    }

    @ParameterizedTest
    @CsvSource({
        "gitlab-token, glrt-, 20",
        "google-secret, GOCSPX-, 28",
        "webhook-secret, whsec_, 32",
        "hugging-face-token, hf_, 34",
        "vault-token, hvs., 30",
        "openrouter-key, sk-or-v1-, 40",
        "groq-key, gsk_, 40",
        "docker-token, dckr_pat_, 27",
        "grafana-token, glsa_, 40",
        "github-token, ghp_, 36",
        "github-token, github_pat_, 40",
        "gitlab-token, glpat-, 20",
        "npm-token, npm_, 36",
        "slack-token, xoxb-, 24",
        "anthropic-key, sk-ant-api03-, 40",
        "openai-key, sk-proj-, 40",
        "stripe-key, sk_live_, 24",
        "google-key, AIza, 35",
        "google-token, ya29., 30"
    })
    void shouldKnowTokensOfProviders(String kind, String prefix, int length) {
        String secret = prefix + ALNUM.substring(0, length);

        assertThat(scrubber.scrub("before '" + secret + "' after", count))
                .isEqualTo("before '[scrubbed:" + kind + "]' after");
    }

    @Test
    void shouldKnowAwsKeys() {
        assertThat(scrubber.scrub("key AKIA" + "IOSFODNN7EXAMPLE is revoked", count))
                .isEqualTo("key [scrubbed:aws-key] is revoked");
    }

    @Test
    void shouldKnowJsonWebTokens() {
        String jwt = "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxIn0" + ".dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";

        assertThat(scrubber.scrub("bad token " + jwt + ".", count)).isEqualTo("bad token [scrubbed:jwt]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n-----END RSA PRIVATE KEY-----\nafter", "\nand no end"})
    void shouldReplacePrivateKeysAlsoWhenCutShort(String end) {
        String text = "before\n-----BEGIN RSA PRIVATE " + "KEY-----\nMIIEpAIBAAKCAQEA\nabc" + end;

        assertThat(scrubber.scrub(text, count))
                .startsWith("before\n[scrubbed:private-key]")
                .doesNotContain("MIIE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Index 5 out of bounds for length 3",
                "Unexpected token: '<' at position 12",
                "org.example.Lock@1b2c3d is held",
                "order 1234567890123456 is unknown",
                "took 1700000000000000000 ns",
                "4111 1111 1111 1112 is no card",
                "http://localhost:8080/a@b",
                "passenger list is empty",
                "password: must not be blank",
                "password=null, user=jane",
                "{password=null}",
                "Access denied for user 'app'@'db' (using password: YES)",
                "error: option --password requires a value",
                "token: is missing",
                "Authorization: required",
                "Unexpected token: SomeIdentifier",
                "key: 17 is not in the map",
                "basic authentication failed",
                "bearer token missing",
                "cookie: not set",
                "http://localhost:8080/users/a@b?x=1",
                "via http://a:1,http://jo@c/ and http://a:2;http://jo@d",
                "<T> void sort(List<T> list)",
                "sig=short",
                "no such method sk-short"
            })
    void shouldLeaveEverydayMessagesAlone(String text) {
        assertThat(scrubber.scrub(text, count)).isEqualTo(text);
        assertThat(count.total()).isZero();
    }

    @Test
    void shouldChangeNothingWhenScrubbedAgain() {
        String once = scrubber.scrub(
                "Authorization: Bearer abcdefgh, password=\"x y\", a@example.org, jdbc://u:p@h, token=abc12345678",
                count);
        ScrubCount second = new ScrubCount();

        assertThat(scrubber.scrub(once, second)).isEqualTo(once);
        assertThat(second.total()).isZero();
    }

    @Test
    void shouldReplaceWhatConfiguredPatternsMatch() {
        Scrubber configured = new Scrubber(List.of(Pattern.compile("customer-\\d+")));

        assertThat(configured.scrub("customer-17 and customer-4", count))
                .isEqualTo("[scrubbed:custom] and [scrubbed:custom]");
        assertThat(count.byKind()).containsEntry("custom", 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+b", "(a|aa)+$", "(a|b|c)*d"})
    void shouldReplaceWholeTextWhenConfiguredPatternDoesNotEnd(String pattern) {
        Scrubber configured = new Scrubber(List.of(Pattern.compile(pattern)));
        String text = "a".repeat(100_000) + "c!";

        String result = Assertions.assertTimeout(Duration.ofSeconds(20), () -> configured.scrub(text, count));

        assertThat(result).isEqualTo("[scrubbed:custom]");
    }

    /** One megabyte of what each pattern begins with must not take quadratic time: that would be hours. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a.",
                "a@",
                "a@a.",
                "@",
                "eyJ",
                "eyJaaaaa.",
                "-----BEGIN RSA PRIVATE KEY-----",
                "-----BEGIN ",
                "://",
                "://a:",
                "://a:b",
                "4",
                "4 ",
                "41-",
                "password",
                "password=",
                "password=\"",
                "token=",
                "token=a",
                "authorization:",
                "bearer ",
                "bearer a",
                "basic ",
                "sk-",
                "sk-ant-",
                "ghp_",
                "xoxb-",
                "AKIA",
                "AIza",
                "ya29.",
                "hooks.slack.com/services/",
                "authorization: digest a=",
                "authorization: a ",
                "cookie: a",
                "cookie: a=",
                "password:\\\"",
                "password:\\\\\\\"",
                "password:\\\"a\\\\\\\"",
                "password=\\",
                "password=[",
                "password>",
                "password\" value=\"",
                "--",
                "--password ",
                "--a",
                "-u a",
                "-u a:b",
                "sig=",
                "session_id=",
                "jdbc:oracle:thin:a/",
                "://a:b/",
                "1:AA",
                "<password ",
                "\u00e9",
                "\ud83d\ude00",
                " ",
                "\n"
            })
    void shouldTakeLinearTimeOnHostileText(String piece) {
        String text = piece.repeat(1_000_000 / piece.length());

        Assertions.assertTimeout(Duration.ofSeconds(10), () -> scrubber.scrub(text, count));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "db.password=s3cret! and more | db.password=[scrubbed:password] and more",
                "expected: <jane@example.org> but was: <null> | expected: <jane@example.org> but was: <null>",
                "expected: <4111 1111 1111 1111> | expected: <4111 1111 1111 1111>"
            })
    void shouldLeavePersonalDataInWhatSomebodyWorksWith(String text, String expected) {
        assertThat(Scrubber.ofSecrets().scrub(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password = readPassword();",
                "if (token == null) {",
                "this.secret = secret;",
                "String token = tokens.next();",
                "int passwordLength = 8;",
                "case TOKEN: return 'a';",
                "String mail = \"jane@example.org\";"
            })
    void shouldLeaveCodeAlone(String code) {
        assertThat(Scrubber.ofCode().scrub(code)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "String apiKey = \"abc123xyz\";|String apiKey = \"[scrubbed:password]\";",
                "token = 'abc123xyz'|token = '[scrubbed:token]'",
                "connect(\"jdbc:postgresql://app:s3cret@db/shop\");|connect(\"jdbc:postgresql://app:[scrubbed:url-password]@db/shop\");"
            })
    void shouldReplaceLiteralsInCode(String code, String expected) {
        assertThat(Scrubber.ofCode().scrub(code)).isEqualTo(expected);
    }
}
