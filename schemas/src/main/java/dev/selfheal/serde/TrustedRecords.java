package dev.selfheal.serde;

import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Lets Avro load our generated records. Since 1.12.2 Avro refuses every class outside its trusted list; this adds the
 * contract's package to whatever the application trusts already, and nothing else. Thread-safe and idempotent.
 */
public final class TrustedRecords {

    private static final String PACKAGE = "dev.selfheal.event.";

    private TrustedRecords() {}

    /** After this call {@code dev.selfheal.event} is trusted for the life of the JVM. */
    public static synchronized void trust() {
        ClassSecurityPredicate current = ClassSecurityValidator.getGlobal();
        if (!(current instanceof Contract)) {
            ClassSecurityValidator.setGlobal(new Contract(current));
        }
    }

    private record Contract(ClassSecurityPredicate others) implements ClassSecurityPredicate {

        @Override
        public boolean isTrusted(Class<?> type) {
            return type.getName().startsWith(PACKAGE) || others.isTrusted(type);
        }

        @Override
        public void forbiddenClass(String className) {
            others.forbiddenClass(className);
        }
    }
}
