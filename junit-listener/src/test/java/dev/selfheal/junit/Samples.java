package dev.selfheal.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests to be run by a launcher, never by the build. */
@SuppressWarnings({"DoNotCallSuggester", "OverrideThrowableToString"}) // to throw is what they are for
final class Samples {

    private Samples() {}

    static final class Mixed {

        @Test
        void passes() {
            assertThat("passes").isNotEmpty();
        }

        @Test
        void fails() {
            throw new IllegalStateException("no \"stock\"\n\tfor \u00fc \ud83d\ude00 \\ \u0001");
        }

        @Test
        void aborts() {
            assumeTrue(false, "not here");
        }

        @Test
        @Disabled("on purpose")
        void isSkipped() {
            throw new IllegalStateException("never");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void failsForEach(int value) {
            throw new IllegalArgumentException("value " + value);
        }

        @TestFactory
        Stream<DynamicTest> makesTests() {
            return Stream.of(DynamicTest.dynamicTest("one", () -> {
                throw new IllegalStateException("dynamic");
            }));
        }

        @Nested
        class Inner {

            @Test
            void fails() {
                throw new UnsupportedOperationException();
            }
        }
    }

    static final class NotSetUp {

        @BeforeAll
        static void setUp() {
            throw new IllegalStateException("no database");
        }

        @Test
        void isNeverRun() {
            assertThat("passes").isNotEmpty();
        }
    }

    /** JUnit 4. */
    public static final class Old {

        @org.junit.Test
        public void failsToo() {
            throw new ArithmeticException("/ by zero");
        }
    }

    static final class Many {

        @ParameterizedTest
        @ValueSource(ints = 1)
        void one(int value) {
            throw new IllegalStateException("a" + value);
        }

        @Test
        void printsBadly() {
            throw new UnprintableException();
        }

        @Test
        void printsWithAnError() {
            throw new UnlinkedException();
        }

        @Test
        void saysTooMuch() {
            throw new IllegalStateException("x".repeat(1_000_000));
        }
    }

    private static final class UnprintableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            throw new IllegalStateException("toString");
        }
    }

    private static final class UnlinkedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            throw new NoClassDefFoundError("org/example/Missing");
        }
    }
}
