package dev.selfheal.validation.sandbox.runner;

/** What the compiler practises on: a little of everything that patched classes are made of. */
final class WarmUpSource {

    static final String PATH = "practice/Practice.java";

    static final String TEXT = """
            package practice;

            import java.io.IOException;
            import java.io.Serializable;
            import java.util.ArrayList;
            import java.util.Arrays;
            import java.util.Collections;
            import java.util.Comparator;
            import java.util.HashMap;
            import java.util.Iterator;
            import java.util.List;
            import java.util.Locale;
            import java.util.Map;
            import java.util.Objects;
            import java.util.function.Function;
            import java.util.stream.Collectors;

            /**
             * Practice.
             * @param <T> of what
             */
            public abstract class Practice<T extends Comparable<? super T>> implements Iterable<T>, Serializable {
                private static final long serialVersionUID = 1L;
                private static final int[] SIZES = {1, 2, 3};
                private final List<T> values = new ArrayList<>();
                protected transient volatile char last = 'a';

                enum Kind { ONE, TWO { @Override int weight() { return 2; } }; int weight() { return 1; } }

                interface Visitor<R> { R visit(Practice<?> other) throws IOException; }

                static class Node<K, V> {
                    final K key; V value; Node<K, V> next;
                    Node(final K key, final V value) { this.key = key; this.value = value; }
                    @Override public boolean equals(final Object obj) {
                        if (this == obj) { return true; }
                        if (!(obj instanceof Node)) { return false; }
                        final Node<?, ?> that = (Node<?, ?>) obj;
                        return Objects.equals(key, that.key) && Objects.equals(value, that.value);
                    }
                    @Override public int hashCode() { return 31 * key.hashCode() + (value == null ? 0 : value.hashCode()); }
                    @Override public String toString() { return key + "=" + value; }
                }

                public static String join(final Object[] array, final String separator, final int start, final int end) {
                    if (array == null) { return null; }
                    final int items = end - start;
                    if (items <= 0) { return ""; }
                    final StringBuilder text = new StringBuilder(items * 16);
                    for (int i = start; i < end; i++) {
                        if (i > start) { text.append(separator); }
                        if (array[i] != null) { text.append(array[i]); }
                    }
                    return text.toString();
                }

                public static int count(final CharSequence text, final char wanted) {
                    int found = 0;
                    int at = text.length();
                    do { if (--at >= 0 && text.charAt(at) == wanted) { found++; } } while (at > 0);
                    switch (found) {
                        case 0: return -1;
                        case 1: case 2: break;
                        default: found <<= 1; found ^= 0x7f; found %= SIZES[found & 1]; break;
                    }
                    return found;
                }

                public <R> Map<R, List<T>> group(final Function<? super T, ? extends R> by) {
                    final Map<R, List<T>> groups = new HashMap<>();
                    for (final T value : values) {
                        groups.computeIfAbsent(by.apply(value), any -> new ArrayList<>()).add(value);
                    }
                    return Collections.unmodifiableMap(groups);
                }

                public List<String> names() {
                    return values.stream().filter(Objects::nonNull).map(Object::toString)
                        .map(name -> name.toLowerCase(Locale.ROOT)).sorted(Comparator.reverseOrder())
                        .collect(Collectors.toList());
                }

                protected <R> R accept(final Visitor<R> visitor) {
                    try (AutoCloseable closing = () -> last++) {
                        synchronized (values) { return visitor.visit(this); }
                    } catch (final IOException | IllegalStateException e) {
                        throw new IllegalArgumentException("no: " + e.getMessage(), e);
                    } catch (final Exception e) {
                        return null;
                    } finally {
                        values.clear();
                    }
                }

                @SafeVarargs
                public final long sum(final Function<T, Number>... parts) {
                    long sum = 0L;
                    outer:
                    for (final Function<T, Number> part : parts) {
                        for (final T value : values) {
                            final double one = part.apply(value).doubleValue() * 1.5f;
                            if (Double.isNaN(one)) { continue outer; }
                            sum += (long) one + (byte) last;
                        }
                    }
                    assert sum >= 0 : Arrays.toString(SIZES);
                    return sum;
                }

                @Override
                public Iterator<T> iterator() {
                    return new Iterator<T>() {
                        private int at;
                        @Override public boolean hasNext() { return at < values.size(); }
                        @Override public T next() { return values.get(at++); }
                    };
                }

                abstract T first(T... others) throws IOException;
            }
            """;

    private WarmUpSource() {}
}
