package dev.selfheal.validation.sandbox.runner;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
        return merged(round(order), round(order)).encode();
    }

    /** What both rounds came to; a call that only one of them came to is left out. */
    private static ReplayReport merged(ReplayReport once, ReplayReport again) {
        Map<String, String> calls = new LinkedHashMap<>();
        once.calls().forEach((call, outcome) -> {
            String second = again.calls().get(call);
            if (second != null) {
                calls.put(call, second.equals(outcome) ? outcome : ReplayReport.UNSTABLE);
            }
        });
        // The later in this order, for it says least about calls that are not there.
        return new ReplayReport(calls, once.end().compareTo(again.end()) > 0 ? once.end() : again.end());
    }

    /** In a class loader of its own, so that the second round meets the same static state as the first. */
    private ReplayReport round(ReplayOrder order) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(order.budgetMillis() / 2);
        Round round = new Round(samples, order.calls(), end);
        try (ProjectClassLoader project = new ProjectClassLoader(
                TestTask.urls(order.classpath()), order.overrides(), ReplayTask.class.getClassLoader())) {
            FutureTask<Void> running = new FutureTask<>(
                    () -> {
                        for (Method method : methods(order, project)) {
                            round.call(method);
                        }
                    },
                    null);
            Thread thread = new Thread(running, "replay");
            thread.setDaemon(true);
            thread.setContextClassLoader(project);
            thread.start();
            await(running, round, order.budgetMillis() / 2 + CALL_MILLIS);
        }
        return round.report();
    }

    /** A call that does not end takes the rest of the round with it: what ended before it counts. */
    private static void await(FutureTask<Void> running, Round round, long millis) throws IOException {
        try {
            running.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            round.giveUp();
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

    /** The calls of one round. One thread calls; another may give up. */
    private static final class Round {

        private final SampleValues samples;
        private final int most;
        private final long endNanos;
        private final Map<String, String> outcomes = new LinkedHashMap<>();
        private ReplayReport.End end = ReplayReport.End.ALL;
        private String current = "";
        private boolean isOver;

        Round(SampleValues samples, int most, long endNanos) {
            this.samples = samples;
            this.most = most;
            this.endNanos = endNanos;
        }

        void call(Method method) {
            List<Object> receivers = receivers(method);
            for (int receiver = 0; receiver < receivers.size(); receiver++) {
                for (List<Object> arguments : samples.combinations(method.getGenericParameterTypes())) {
                    String call = name(method) + Arrays.toString(method.getParameterTypes()) + " of sample " + receiver
                            + " with " + Described.of(arguments);
                    if (!begins(call)) {
                        return;
                    }
                    ended(outcome(method, receivers.get(receiver), arguments));
                }
            }
        }

        private List<Object> receivers(Method method) {
            if (Modifier.isStatic(method.getModifiers())) {
                return Collections.singletonList(null);
            }
            return samples.of(method.getDeclaringClass()).stream()
                    .filter(each -> each != null)
                    .limit(MAX_RECEIVERS)
                    .toList();
        }

        private synchronized boolean begins(String call) {
            if (isOver || outcomes.size() >= most) {
                return false;
            }
            if (System.nanoTime() > endNanos) {
                end = ReplayReport.End.TIME;
                return false;
            }
            current = call;
            return true;
        }

        private synchronized void ended(String outcome) {
            if (!isOver) {
                outcomes.put(current, outcome);
                current = "";
            }
        }

        synchronized void giveUp() {
            isOver = true;
            end = current.isEmpty() ? ReplayReport.End.TIME : ReplayReport.End.ENDLESS;
            if (!current.isEmpty()) {
                outcomes.put(current, ReplayReport.ENDLESS);
            }
        }

        synchronized ReplayReport report() {
            return new ReplayReport(new LinkedHashMap<>(outcomes), end);
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
