package dev.selfheal.validation.sandbox.runner;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A few telling values of a type: ordinary ones first, then the ones that errors come from (null, empty, negative, an
 * element that is null). The same type always gives equal values in the same order.
 */
final class SampleValues {

    private static final int MAX_DEPTH = 2;
    private static final int MAX_INSTANCES = 4;

    private static final Map<Class<?>, List<?>> KNOWN = known();

    private static Map<Class<?>, List<?>> known() {
        Map<Class<?>, List<?>> known = new LinkedHashMap<>();
        known.put(int.class, List.of(1, 0, -1, 7, Integer.MAX_VALUE));
        known.put(long.class, List.of(1L, 0L, -1L, 7L, Long.MAX_VALUE));
        known.put(short.class, List.of((short) 1, (short) 0, (short) -1));
        known.put(byte.class, List.of((byte) 1, (byte) 0, (byte) -1));
        known.put(double.class, List.of(1.5, 0.0, -1.0, Double.NaN));
        known.put(float.class, List.of(1.5f, 0.0f, -1.0f));
        known.put(boolean.class, List.of(true, false));
        known.put(char.class, List.of('a', ' ', '7'));
        known.put(Integer.class, Arrays.asList(1, null, -1, 0));
        known.put(Long.class, Arrays.asList(1L, null, -1L));
        known.put(Double.class, Arrays.asList(1.5, null, -1.0));
        known.put(Boolean.class, Arrays.asList(true, null, false));
        known.put(Character.class, Arrays.asList('a', null));
        known.put(Number.class, Arrays.asList(1, null, 2.5));
        known.put(String.class, Arrays.asList("a", "", null, " Ab 1 ", "12"));
        known.put(CharSequence.class, Arrays.asList("a", "", null, " Ab 1 ", "12"));
        known.put(Object.class, Arrays.asList("a", 1, null));
        known.put(Comparable.class, Arrays.asList("a", "b", null));
        known.put(Class.class, Arrays.asList(String.class, null));
        known.put(Locale.class, Arrays.asList(Locale.ROOT, null));
        return known;
    }

    List<Object> of(Type type) {
        return of(type, 0);
    }

    private List<Object> of(Type type, int depth) {
        Class<?> raw = raw(type);
        List<?> ready = KNOWN.get(raw);
        if (ready != null) {
            return new ArrayList<>(ready);
        }
        if (raw.isEnum()) {
            return enumValues(raw);
        }
        if (raw.isArray()) {
            return arrays(raw.getComponentType(), depth);
        }
        List<Object> container = containers(raw, type, depth);
        return container.isEmpty() ? instances(raw, depth) : container;
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        return type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> plain
                ? plain
                : Object.class;
    }

    private static List<Object> enumValues(Class<?> type) {
        List<Object> values = new ArrayList<>(List.of(type.getEnumConstants()));
        List<Object> few = new ArrayList<>(values.subList(0, Math.min(2, values.size())));
        few.add(null);
        return few;
    }

    private List<Object> arrays(Class<?> component, int depth) {
        List<Object> elements = of(component, depth + 1);
        Object full = Array.newInstance(component, Math.min(3, elements.size()));
        for (int i = 0; i < Array.getLength(full); i++) {
            Array.set(full, i, elements.get(i));
        }
        return Arrays.asList(full, Array.newInstance(component, 0), null);
    }

    private List<Object> containers(Class<?> raw, Type type, int depth) {
        if (depth > MAX_DEPTH) {
            return List.of();
        }
        if (raw.isAssignableFrom(List.class) && Iterable.class.isAssignableFrom(raw)) {
            return lists(element(type, 0, depth));
        }
        if (raw == Set.class || raw == Collection.class) {
            return Arrays.asList(new LinkedHashSet<>(element(type, 0, depth)), Set.of(), null);
        }
        if (raw == Map.class) {
            Map<Object, Object> map = new LinkedHashMap<>();
            List<Object> keys = element(type, 0, depth);
            List<Object> values = element(type, 1, depth);
            for (int i = 0; i < Math.min(keys.size(), values.size()); i++) {
                map.put(keys.get(i), values.get(i));
            }
            return Arrays.asList(map, Map.of(), null);
        }
        return raw == Optional.class
                ? Arrays.asList(element(type, 0, depth).stream().findFirst(), Optional.empty())
                : List.of();
    }

    /** All values, null among them, in one list, because lists with a gap are what fails. */
    private static List<Object> lists(List<Object> elements) {
        List<Object> solid =
                elements.stream().filter(element -> element != null).toList();
        return Arrays.asList(new ArrayList<>(solid), new ArrayList<>(elements), new ArrayList<>(), null);
    }

    private List<Object> element(Type type, int index, int depth) {
        boolean known = type instanceof ParameterizedType generic && generic.getActualTypeArguments().length > index;
        return of(known ? ((ParameterizedType) type).getActualTypeArguments()[index] : Object.class, depth + 1);
    }

    /** Made by the constructors, the one with the fewest parameters first; null at the end. */
    private List<Object> instances(Class<?> type, int depth) {
        List<Object> made = new ArrayList<>();
        if (depth <= MAX_DEPTH && !type.isInterface() && !Modifier.isAbstract(type.getModifiers())) {
            List<Constructor<?>> constructors = new ArrayList<>(List.of(type.getDeclaredConstructors()));
            constructors.removeIf(each -> Modifier.isPrivate(each.getModifiers()) || each.isSynthetic());
            constructors.sort(Comparator.comparing((Constructor<?> each) -> each.getParameterCount())
                    .thenComparing(each -> Arrays.toString(each.getParameterTypes())));
            for (Constructor<?> constructor : constructors) {
                for (List<Object> arguments : combinations(constructor.getGenericParameterTypes(), depth + 1)) {
                    if (made.size() < MAX_INSTANCES) {
                        instance(constructor, arguments).ifPresent(made::add);
                    }
                }
            }
        }
        made.add(null);
        return made;
    }

    private static Optional<Object> instance(Constructor<?> constructor, List<Object> arguments) {
        try {
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance(arguments.toArray()));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return Optional.empty(); // a constructor that wants other arguments
        }
    }

    /** Argument lists: the ordinary values of all, then each parameter's other values in turn, then some mixtures. */
    List<List<Object>> combinations(Type[] types) {
        return combinations(types, 0);
    }

    private List<List<Object>> combinations(Type[] types, int depth) {
        List<List<Object>> pools = new ArrayList<>();
        for (Type type : types) {
            pools.add(of(type, depth));
        }
        List<Object> ordinary = new ArrayList<>();
        pools.forEach(pool -> ordinary.add(pool.get(0)));
        List<List<Object>> combinations = new ArrayList<>();
        combinations.add(ordinary);
        for (int parameter = 0; parameter < pools.size(); parameter++) {
            for (Object other :
                    pools.get(parameter).subList(1, pools.get(parameter).size())) {
                List<Object> changed = new ArrayList<>(ordinary);
                changed.set(parameter, other);
                combinations.add(changed);
            }
        }
        return combinations;
    }
}
