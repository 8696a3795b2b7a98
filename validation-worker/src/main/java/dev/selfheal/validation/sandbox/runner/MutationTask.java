package dev.selfheal.validation.sandbox.runner;

import dev.selfheal.validation.sandbox.runner.MutationOrder.Mutant;
import dev.selfheal.validation.sandbox.runner.MutationReport.Fate;
import dev.selfheal.validation.sandbox.runner.MutationReport.Kind;
import dev.selfheal.validation.sandbox.runner.TestReport.Entry;
import dev.selfheal.validation.sandbox.runner.TestReport.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Compiles mutants and runs tests on them, all in one JVM: a compiler and a test framework that are warm make a mutant cost
 * tens of milliseconds. Mutants share that JVM's static state outside the project's classes, so the result is a measure of
 * strength and no proof.
 */
final class MutationTask implements Task {

    /** Threads that hang go on using a core; so many are borne. */
    private static final int MAX_HUNG = 2;

    /** Half of them compile, half of them test; the first mutants are practice as well. */
    private static final int ROUNDS = 24;

    private final CompileTask compiler;
    private final TestTask tests = new TestTask();
    private int warmUps;

    /** @param options javac's, as the order will have them */
    MutationTask(List<String> options) {
        compiler = new CompileTask(options);
    }

    @Override
    public int rounds() {
        return ROUNDS;
    }

    @Override
    public void warmUp() throws IOException {
        if (warmUps++ % 2 == 0) {
            compiler.warmUp();
        } else {
            tests.warmUp();
        }
    }

    @Override
    public byte[] run(byte[] bytes) throws IOException {
        MutationOrder order = MutationOrder.decode(bytes);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(order.budgetMillis());
        Map<String, Set<String>> passing = new HashMap<>();
        for (String selector : order.tests().selectors()) {
            passing.put(selector, passed(tests.entries(order.tests(), selector)));
        }
        List<Fate> fates = new ArrayList<>();
        int hung = 0;
        for (Mutant mutant : order.mutants()) {
            if (System.nanoTime() > end || hung == MAX_HUNG) {
                break;
            }
            Optional<Fate> fate = fate(order, mutant, passing);
            hung += fate.isPresent() ? 0 : 1;
            fates.add(fate.orElse(new Fate(Kind.NOTICED, "its tests did not end")));
        }
        int count = passing.values().stream().mapToInt(Set::size).sum();
        return new MutationReport(count, fates).encode();
    }

    /** Empty when the tests did not end in time. */
    private Optional<Fate> fate(MutationOrder order, Mutant mutant, Map<String, Set<String>> passing)
            throws IOException {
        Map<String, byte[]> sources = new HashMap<>(order.compile().sources());
        sources.put(mutant.path(), mutant.text().getBytes(StandardCharsets.UTF_8));
        CompileReport compiled = compiler.compile(new CompileOrder(
                sources, order.compile().classpath(), order.compile().options()));
        if (!compiled.compiled()) {
            return Optional.of(new Fate(Kind.INVALID, ""));
        }
        Map<String, byte[]> classes = new HashMap<>(order.tests().overrides());
        classes.putAll(compiled.classes());
        TestOrder mutated =
                new TestOrder(classes, order.tests().classpath(), order.tests().selectors());
        FutureTask<Fate> running = new FutureTask<>(() -> fate(mutated, passing));
        Thread thread = new Thread(running, "mutant");
        thread.setDaemon(true);
        thread.start();
        return await(running, order.mutantMillis());
    }

    private static Optional<Fate> await(FutureTask<Fate> running, long millis) throws IOException {
        try {
            return Optional.of(running.get(millis, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(
                    new Fate(Kind.NOTICED, "a " + e.getCause().getClass().getName()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a mutant was tried", e);
        }
    }

    private Fate fate(TestOrder order, Map<String, Set<String>> passing) throws IOException {
        for (String selector : order.selectors()) {
            Set<String> still = passed(tests.entries(order, selector));
            Optional<String> noticed = passing.get(selector).stream()
                    .filter(id -> !still.contains(id))
                    .sorted()
                    .findFirst();
            if (noticed.isPresent()) {
                return new Fate(Kind.NOTICED, noticed.get());
            }
        }
        return new Fate(Kind.SURVIVED, "");
    }

    private static Set<String> passed(List<Entry> entries) {
        Set<String> passed = new HashSet<>();
        for (Entry entry : entries) {
            if (entry.status() == Status.PASSED) {
                passed.add(entry.id());
            }
        }
        return passed;
    }
}
