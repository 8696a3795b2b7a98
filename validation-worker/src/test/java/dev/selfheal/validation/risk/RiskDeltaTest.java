package dev.selfheal.validation.risk;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.CompilationUnit;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RiskDeltaTest {

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                    SH-RISK-PROCESS         ~ Runtime.getRuntime().exec("id");
                    SH-RISK-PROCESS         ~ new ProcessBuilder("id").start();
                    SH-RISK-PROCESS         ~ java.lang.Runtime.getRuntime();
                    SH-RISK-NETWORK         ~ new java.net.Socket("h", 1);
                    SH-RISK-NETWORK         ~ java.net.http.HttpClient.newHttpClient();
                    SH-RISK-NETWORK         ~ url.openStream();
                    SH-RISK-FILE            ~ java.nio.file.Files.readString(p);
                    SH-RISK-FILE            ~ new java.io.FileWriter("x");
                    SH-RISK-REFLECTION      ~ m.setAccessible(true);
                    SH-RISK-REFLECTION      ~ String.class.getDeclaredField("value");
                    SH-RISK-REFLECTION      ~ java.lang.reflect.Method m = null;
                    SH-RISK-NATIVE          ~ System.loadLibrary("x");
                    SH-RISK-NATIVE          ~ sun.misc.Unsafe u = null;
                    SH-RISK-CLASSLOADING    ~ Class.forName("x");
                    SH-RISK-CLASSLOADING    ~ Thread.currentThread().setContextClassLoader(null);
                    SH-RISK-DESERIALISATION ~ new java.io.ObjectInputStream(in).readObject();
                    SH-RISK-EXIT            ~ System.exit(0);
                    SH-RISK-EXIT            ~ Runnable r = () -> System.exit(1);
                    SH-RISK-GLOBAL-STATE    ~ System.setOut(null);
                    SH-RISK-GLOBAL-STATE    ~ java.util.Locale.setDefault(null);
                    SH-RISK-THREAD          ~ new Thread(() -> {}).start();
                    SH-RISK-THREAD          ~ Thread.sleep(10);
                    SH-RISK-ENVIRONMENT     ~ System.getenv("HOME");
                    SH-RISK-ENVIRONMENT     ~ System.getProperty("user.home");
                    SH-RISK-TEST-RUNNER     ~ org.junit.jupiter.api.Assertions.fail();
                    SH-RISK-TEST-RUNNER     ~ StackWalker.getInstance();
                    SH-RISK-CRYPTO          ~ java.security.MessageDigest.getInstance("MD5");
                    SH-RISK-SQL             ~ java.sql.Connection c = null;
                    SH-RISK-SWALLOWED       ~ try { run(); } catch (IllegalStateException e) { }
                    SH-RISK-BROAD-CATCH     ~ try { run(); } catch (NullPointerException e) { return; }
                    SH-RISK-BROAD-CATCH     ~ try { run(); } catch (IllegalStateException | Error e) { return; }
                    SH-RISK-SECRET          ~ String k = "AKIAABCDEFGHIJKLMNOP";
                    SH-RISK-SECRET          ~ String k = "password=hunter22";
                    SH-RISK-SUPPRESSED      ~ @SuppressWarnings("all") int x = 0;
                    """)
    void shouldFindWhatAPatchNewlyDares(String rule, String statement) {
        assertThat(added(statement)).extracting(Finding::getRuleId).contains(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if (name == null) { return; }",
                "if (list.isEmpty()) return;",
                "int size = Math.max(0, list.size());",
                "String s = String.valueOf(name).trim();",
                "Object o = getClass().getName();",
                "java.util.Objects.requireNonNull(name);",
                "throw new IllegalArgumentException(\"password must not be empty\");",
                "try { run(); } catch (IllegalStateException e) { throw new RuntimeException(e); }",
                "long now = System.currentTimeMillis();",
                "String nl = System.lineSeparator();",
                "Process p = null; class Process { }",
                "String umlaut = \"\u00fcber\";",
                "for (int i = 0; i < 3; i++) { sum += i; }"
            })
    void shouldNotFindFaultWithAnOrdinaryFix(String statement) {
        assertThat(added(statement)).isEmpty();
    }

    @Test
    void shouldNotCountWhatTheBaseDidAlready() {
        String old = body("System.exit(0);");
        assertThat(delta(old, old.replace("exit(0)", "exit(1)"))).isEmpty();
    }

    @Test
    void shouldCountASecondUse() {
        assertThat(delta(body("System.exit(0);"), body("System.exit(0); System.exit(1);")))
                .extracting(Finding::getRuleId)
                .contains("SH-RISK-EXIT");
    }

    @Test
    void shouldSeeThroughImports() {
        String patched =
                "import java.net.*;\nimport static java.lang.System.exit;\n" + body("Socket s = null; exit(1);");
        assertThat(delta(body(""), patched)).extracting(Finding::getRuleId).contains("SH-RISK-NETWORK", "SH-RISK-EXIT");
    }

    @Test
    void shouldSeeThroughUnicodeEscapes() {
        assertThat(added("System.e\\u0078it(0);"))
                .extracting(Finding::getRuleId)
                .contains("SH-RISK-EXIT", "SH-RISK-ESCAPE");
    }

    @ParameterizedTest
    @CsvSource({"202E", "2066", "200B", "FEFF", "00AD"})
    void shouldFindCharactersThatNobodySees(String code) {
        String hidden = Character.toString(Integer.parseInt(code, 16));
        assertThat(added("int a = 0; // " + hidden))
                .extracting(Finding::getRuleId)
                .containsExactly("SH-RISK-BIDI");
    }

    @Test
    void shouldFindNamesOfMixedAlphabets() {
        assertThat(added("int \u0430dmin = 0;")).extracting(Finding::getRuleId).containsExactly("SH-RISK-HOMOGLYPH");
    }

    @Test
    void shouldFindARemovedAssertion() {
        assertThat(delta(body("assert x > 0;"), body("")))
                .extracting(Finding::getRuleId)
                .containsExactly("SH-RISK-ASSERTION");
    }

    @Test
    void shouldRefuteOnErrorsAndOnlyAskOnWarnings() {
        assertThat(added("System.exit(0);")).extracting(Finding::getLevel).contains(FindingLevel.ERROR);
        assertThat(added("Thread.sleep(10);")).extracting(Finding::getLevel).containsOnly(FindingLevel.WARNING);
    }

    @Test
    void shouldNameThePlaceAndTheWeakness() {
        Finding finding = added("System.exit(0);").get(0);
        assertThat(finding.getPath()).contains("A.java");
        assertThat(finding.getLine()).isEqualTo(3);
        assertThat(finding.getMessage()).contains("CWE-382");
    }

    private static List<Finding> added(String statement) {
        return delta(body(""), body(statement));
    }

    private static String body(String statement) {
        return "class A {\n  void a() throws Exception {\n    " + statement + "\n  }\n}\n";
    }

    private static List<Finding> delta(String before, String after) {
        return new RiskDelta(name -> false)
                .of(
                        Optional.of(parse(before)),
                        parse(after),
                        before.lines().toList(),
                        after.lines().toList(),
                        "A.java");
    }

    private static CompilationUnit parse(String text) {
        ParserConfiguration configuration = new ParserConfiguration()
                .setLanguageLevel(ParserConfiguration.LanguageLevel.RAW)
                .setPreprocessUnicodeEscapes(true);
        return new JavaParser(configuration).parse(text).getResult().orElseThrow();
    }
}
