package dev.selfheal.validation.sandbox.runner;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls the methods of given classes with sample values and writes down how each call ends. What calls are made depends on
 * the classes' signatures alone, so that a base and its patch are asked the same.
 */
final class ReplayTask implements Task {

    private static final long CALL_MILLIS = 500;
    private static final int MAX_RECEIVERS = 3;

    /** A class that does nothing but hold its own text. */
    private static final ReplayOrder PRACTICE =
            new ReplayOrder(Map.of(), List.of(), List.of("java.util.StringJoiner"), "", 100, 1_000);

    private final SampleValues samples = new SampleValues();

    @Override
    public int rounds() {
        return 2;
    }

    @Override
    public void warmUp() throws IOException {
        byte[] unused = run(PRACTICE.encode());
    }

    @Override
    public byte[] run(byte[] bytes) throws IOException {
        ReplayOrder order = ReplayOrder.decode(bytes);
        Map<String, String> once = round(order);
        Map<String, String> again = round(order);
        once.entrySet().removeIf(call -> !call.getValue().equals(again.get(call.getKey())));
        return new ReplayReport(once).encode();
    }

    /** In a class loader of its own, so that the second round meets the same static state as the first. */
    private Map<String, String> round(ReplayOrder order) throws IOException {
        Map<String, String> outcomes = new LinkedHashMap<>();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(order.budgetMillis() / 2);
        try (ProjectClassLoader project = new ProjectClassLoader(
                TestTask.urls(order.classpath()), order.overrides(), ReplayTask.class.getClassLoader())) {
            FutureTask<Void> running = new FutureTask<>(
                    () -> {
                        for (Method method : methods(order, project)) {
                            call(method, order.calls(), end, outcomes);
                        }
                    },
                    null);
            Thread thread = new Thread(running, "replay");
            thread.setDaemon(true);
            thread.setContextClassLoader(project);
            thread.start();
            await(running, order.budgetMillis() / 2 + CALL_MILLIS);
        }
        synchronized (outcomes) {
            return new LinkedHashMap<>(outcomes);
        }
    }

    /** A call that does not end takes the rest of the round with it: what ended before it counts. */
    private static void await(FutureTask<Void> running, long millis) throws IOException {
        try {
            running.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            running.cancel(true);
        } catch (ExecutionException e) {
            throw new IOException("the replay failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while calls were replayed", e);
        }
    }

    private static List<Method> methods(ReplayOrder order, ClassLoader project) {
        List<Method> methods = new ArrayList<>();
        for (String name : order.classes()) {
            try {
                methods.addAll(List.of(Class.forName(name, true, project).getDeclaredMethods()));
            } catch (ClassNotFoundException | LinkageError e) {
                methods.removeIf(method -> method.getDeclaringClass().getName().equals(name)); // nothing to compare
            }
        }
        methods.removeIf(method -> method.isSynthetic()
                || Modifier.isPrivate(method.getModifiers())
                || Modifier.isAbstract(method.getModifiers())
                || Modifier.isNative(method.getModifiers())
                || method.getName().equals("main"));
        methods.sort(Comparator.comparing((Method method) -> !name(method).equals(order.first()))
                .thenComparing(ReplayTask::name)
                .thenComparing(method -> Arrays.toString(method.getParameterTypes())));
        return methods;
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getName() + "#" + method.getName();
    }

    private void call(Method method, int most, long end, Map<String, String> outcomes) {
        List<Object> receivers = new ArrayList<>();
        if (Modifier.isStatic(method.getModifiers())) {
            receivers.add(null);
        } else {
            samples.of(method.getDeclaringClass()).stream()
                    .filter(each -> each != null)
                    .limit(MAX_RECEIVERS)
                    .forEach(receivers::add);
        }
        for (int receiver = 0; receiver < receivers.size(); receiver++) {
            for (List<Object> arguments : samples.combinations(method.getGenericParameterTypes())) {
                if (System.nanoTime() > end || outcomes.size() >= most) {
                    return;
                }
                String call = name(method) + Arrays.toString(method.getParameterTypes()) + " of sample " + receiver
                        + " with " + Described.of(arguments);
                String outcome = outcome(method, receivers.get(receiver), arguments);
                synchronized (outcomes) {
                    outcomes.put(call, outcome);
                }
            }
        }
    }

    private static String outcome(Method method, Object receiver, List<Object> arguments) {
        try {
            method.setAccessible(true);
            return "returns " + Described.of(method.invoke(receiver, arguments.toArray()));
        } catch (InvocationTargetException e) {
            return "throws " + e.getCause().getClass().getName();
        } catch (IllegalAccessException | RuntimeException e) {
            return "cannot be called: " + e.getClass().getName();
        }
    }
}
