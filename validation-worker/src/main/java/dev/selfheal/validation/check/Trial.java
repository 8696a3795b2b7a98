package dev.selfheal.validation.check;

import dev.selfheal.event.CandidatePatch;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.baseline.TestHistory;
import dev.selfheal.validation.edit.AppliedPatch;
import dev.selfheal.validation.sandbox.Containment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One candidate on its way through the checks: what earlier checks learnt, for later ones. Stages happen one after the other;
 * checks of one stage write different parts of it, and what all of them may write is thread-safe.
 */
public final class Trial {

    private final ValidationJob job;
    private final CandidatePatch candidate;
    private final Map<ProjectModule, Map<String, byte[]>> classes = new LinkedHashMap<>();
    private final Map<String, TestHistory> flaky = new TreeMap<>();
    private final List<Containment> containments = new CopyOnWriteArrayList<>();
    private Optional<AppliedPatch> applied = Optional.empty();
    private String tree = "";
    private List<ParsedFile> parsed = List.of();
    private ReproductionEvidence reproduction = ReproductionEvidence.none();
    private Optional<Reproducer> reproducer = Optional.empty();
    private final Map<ProjectModule, List<String>> tested = new LinkedHashMap<>();
    private MutationEvidence mutation = MutationEvidence.none();
    private BehaviourEvidence behaviour = BehaviourEvidence.none();
    private Optional<Observations.Observation> observed = Optional.empty();
    private Optional<CostEvidence> cost = Optional.empty();
    private int suite;
    private Optional<Double> quality = Optional.empty();
    private boolean ownStyle;
    private TestEvidence tests = TestEvidence.none();

    public Trial(ValidationJob job, CandidatePatch candidate) {
        this.job = job;
        this.candidate = candidate;
    }

    public ValidationJob job() {
        return job;
    }

    public CandidatePatch candidate() {
        return candidate;
    }

    public Optional<AppliedPatch> applied() {
        return applied;
    }

    /** Git's id of the patched tree; empty before the patch was applied. */
    public String tree() {
        return tree;
    }

    public List<ParsedFile> parsed() {
        return parsed;
    }

    /** The patched classes per module: binary name to class file. */
    public Map<ProjectModule, Map<String, byte[]>> classes() {
        return classes;
    }

    /** The patched classes of all modules. */
    public Map<String, byte[]> allClasses() {
        Map<String, byte[]> all = new TreeMap<>();
        classes.values().forEach(all::putAll);
        return all;
    }

    public ReproductionEvidence reproduction() {
        return reproduction;
    }

    public TestEvidence tests() {
        return tests;
    }

    /** Tests that the base itself passes and fails, by id. */
    public Map<String, TestHistory> flaky() {
        return Map.copyOf(flaky);
    }

    public MutationEvidence mutation() {
        return mutation;
    }

    void mutation(MutationEvidence evidence) {
        mutation = evidence;
    }

    public BehaviourEvidence behaviour() {
        return behaviour;
    }

    void behaviour(BehaviourEvidence evidence) {
        behaviour = evidence;
    }

    /** Empty when nothing was measured. */
    public Optional<CostEvidence> cost() {
        return cost;
    }

    void cost(CostEvidence evidence) {
        cost = Optional.of(evidence);
    }

    /** Tests of the whole suite that ran; 0 when it was not run. */
    public int suite() {
        return suite;
    }

    void suite(int run) {
        suite = run;
    }

    /** 0..10; empty when nothing was scored. */
    public Optional<Double> quality() {
        return quality;
    }

    void quality(double score) {
        quality = Optional.of(score);
    }

    /** The patch was held against the project's own rules of style. */
    boolean ownStyle() {
        return ownStyle;
    }

    void heldAgainstOwnStyle() {
        ownStyle = true;
    }

    /** Empty when nobody has looked yet. */
    Optional<Observations.Observation> observed() {
        return observed;
    }

    void observed(Observations.Observation observation) {
        observed = Optional.of(observation);
    }

    /** The affected test classes of the module that could be run. */
    List<String> tested(ProjectModule module) {
        return List.copyOf(tested.getOrDefault(module, List.of()));
    }

    void tested(ProjectModule module, List<String> classNames) {
        tested.computeIfAbsent(module, any -> new ArrayList<>()).addAll(classNames);
    }

    /** Every time a sandboxed process of this candidate was stopped or not believed. */
    public List<Containment> containments() {
        return List.copyOf(containments);
    }

    void applied(AppliedPatch patch, String patchedTree) {
        applied = Optional.of(patch);
        tree = patchedTree;
    }

    void parsed(List<ParsedFile> files) {
        parsed = List.copyOf(files);
    }

    void compiled(ProjectModule module, Map<String, byte[]> compiled) {
        classes.put(module, Map.copyOf(compiled));
    }

    void reproduction(ReproductionEvidence evidence) {
        reproduction = evidence;
    }

    /** The test that proved the candidate; for checks that run it again. */
    Optional<Reproducer> reproducer() {
        return reproducer;
    }

    void reproducer(Reproducer test) {
        reproducer = Optional.of(test);
    }

    void tests(TestEvidence evidence) {
        tests = evidence;
    }

    void flaky(String test, TestHistory history) {
        flaky.put(test, history);
    }

    void contained(Containment containment) {
        containments.add(containment);
    }

    /** What {@link AppliesCheck} found; asked for only by checks that come after it. */
    AppliedPatch requireApplied() {
        return applied.orElseThrow(() -> new IllegalStateException("this check runs after the patch was applied"));
    }
}
