package dev.selfheal.ingest.stacktrace;

/** Names as the JVM prints them in stack traces. Pure. */
public final class JavaNames {

    private JavaNames() {}

    /**
     * Cuts off class loader and module ({@code app//}, {@code java.base@17/}): they differ between runs of the same code.
     * The suffix of a hidden class ({@code Foo$$Lambda/0x00007f}) stays.
     */
    public static String withoutLoaderAndModule(String name) {
        int slash = name.lastIndexOf('/');
        boolean hiddenClass = slash >= 0 && slash + 1 < name.length() && isDigit(name.charAt(slash + 1));
        return name.substring(1 + (hiddenClass ? name.lastIndexOf('/', slash - 1) : slash));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
