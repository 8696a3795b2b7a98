package dev.selfheal.validation.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Template of a hidden canary, see {@link HiddenCanaries}; never run under this name. */
final class JupiterCanary {

    @Test
    void test() {
        assertEquals(HiddenCanaries.WANTED, given());
    }

    private static String given() {
        return HiddenCanaries.GIVEN;
    }
}
