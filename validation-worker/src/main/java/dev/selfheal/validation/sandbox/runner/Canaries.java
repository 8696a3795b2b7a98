package dev.selfheal.validation.sandbox.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.Assert;
import org.junit.jupiter.api.Test;

/**
 * Tests whose outcome is known. They run after the project's: when one that must fail passes, something in this JVM
 * makes tests pass, and the whole report proves nothing. They also warm the engines up.
 */
public final class Canaries {

    /** Name prefix of tests that must be reported as passed; all others must be reported as failed. */
    public static final String MUST_PASS = "sings";

    private static final int JUNITS = 5;
    private static final int TESTNGS = 2;

    private Canaries() {}

    /** How many of these tests have to be reported after tests on such a class path. */
    public static int count(List<String> classpath) {
        return TestNgJar.isOn(classpath) ? JUNITS + TESTNGS : JUNITS;
    }

    static final class Jupiter {

        @Test
        void sings() {
            assertEquals(4, Integer.parseInt("4"));
        }

        @Test
        void dies() {
            assertEquals(5, Integer.parseInt("4"));
        }

        @Test
        @SuppressWarnings("DoNotCallSuggester") // only the framework calls it, and it must fail
        void explodes() {
            throw new IllegalStateException("canary");
        }
    }

    /** JUnit 4 wants a public class. */
    public static final class Vintage {

        @org.junit.Test
        public void sings() {
            Assert.assertEquals(4, Integer.parseInt("4"));
        }

        @org.junit.Test
        public void dies() {
            Assert.assertEquals(5, Integer.parseInt("4"));
        }
    }

    /** TestNG wants a public class. */
    public static final class TestNg {

        @org.testng.annotations.Test
        public void sings() {
            org.testng.Assert.assertEquals(Integer.parseInt("4"), 4);
        }

        @org.testng.annotations.Test
        public void dies() {
            org.testng.Assert.assertEquals(Integer.parseInt("4"), 5);
        }
    }
}
