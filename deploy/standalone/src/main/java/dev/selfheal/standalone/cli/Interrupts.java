package dev.selfheal.standalone.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Ctrl-C does. */
final class Interrupts {

    private static final Logger LOG = LoggerFactory.getLogger(Interrupts.class);
    private static final int EXIT_CODE = 130;
    private static final AtomicInteger SEEN = new AtomicInteger();

    private Interrupts() {}

    /**
     * The first SIGINT ends the JVM in order, as it does anyway; the second ends it at once. By reflection, because the
     * JDK's only signal API is one that javac warns of; where it is missing, the JVM's own handling stays.
     */
    static void secondEndsAtOnce() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(
                    Interrupts.class.getClassLoader(),
                    new Class<?>[] {handler},
                    (proxy, method, arguments) -> answer(proxy, method, arguments));
            Method handle = signal.getMethod("handle", signal, handler);
            handle.invoke(null, signal.getConstructor(String.class).newInstance("INT"), handling);
        } catch (ReflectiveOperationException e) {
            LOG.info("a second Ctrl-C will not end at once here: {}", e.toString());
        }
    }

    private static Object answer(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "second Ctrl-C ends at once";
            default -> end();
        };
    }

    private static Object end() {
        if (SEEN.getAndIncrement() > 0) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
        System.exit(EXIT_CODE);
        return null;
    }
}
