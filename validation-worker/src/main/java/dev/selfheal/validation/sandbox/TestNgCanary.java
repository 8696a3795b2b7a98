package dev.selfheal.validation.sandbox;

import static org.testng.Assert.assertEquals;

import org.testng.annotations.Test;

/** Template of a hidden canary, see {@link HiddenCanaries}; never run under this name. Public, as TestNG wants. */
public final class TestNgCanary {

    @Test
    public void test() {
        assertEquals(given(), HiddenCanaries.WANTED);
    }

    private static String given() {
        return HiddenCanaries.GIVEN;
    }
}
