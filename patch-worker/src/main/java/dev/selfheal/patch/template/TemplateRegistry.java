package dev.selfheal.patch.template;

import java.util.List;

/** Every fix template, in the order of the documentation. */
public final class TemplateRegistry {

    /** Recorded with each patch; goes up when a template changes what it proposes. */
    public static final String VERSION = "1";

    private static final List<FixTemplate> ALL = List.of(
            new NullGuard(),
            new NullSafeComparison(),
            new BoundsGuard(),
            new OffByOne(),
            new TypeGuard(),
            new ArithmeticGuard(),
            new EmptyIteratorGuard(),
            new CountGuard(),
            new ParseGuard(),
            new RecursionGuard(),
            new HandledAlike());

    private TemplateRegistry() {}

    public static List<FixTemplate> all() {
        return ALL;
    }

    /** Templates that answer to this exception type. */
    static List<FixTemplate> forType(String exceptionType) {
        return ALL.stream()
                .filter(template -> template.exceptionTypes().contains(exceptionType))
                .toList();
    }
}
