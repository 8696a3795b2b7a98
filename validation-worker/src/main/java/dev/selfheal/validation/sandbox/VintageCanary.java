package dev.selfheal.validation.sandbox;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

/** Template of a hidden canary, see {@link HiddenCanaries}; never run under this name. Public, as JUnit 4 wants. */
public final class VintageCanary {

    @Test
    public void test() {
        assertEquals(HiddenCanaries.WANTED, given());
    }

    private static String given() {
        return HiddenCanaries.GIVEN;
    }
}
