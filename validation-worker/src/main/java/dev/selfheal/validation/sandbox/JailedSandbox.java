package dev.selfheal.validation.sandbox;

import dev.selfheal.event.Isolation;
import dev.selfheal.validation.sandbox.CompileOutcome.Compiled;
import dev.selfheal.validation.sandbox.CompileOutcome.Refused;
import dev.selfheal.validation.sandbox.Containment.Kind;
import dev.selfheal.validation.sandbox.runner.CompileOrder;
import dev.selfheal.validation.sandbox.runner.CompileReport;
import dev.selfheal.validation.sandbox.runner.TestReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sandbox: orders out, judged reports back, each in a jailed JVM of its own. */
final class JailedSandbox implements Sandbox {

    /** What every candidate is asked, in the order in which the JVMs for it are started ahead. */
    private static final List<String> TASKS = List.of("observe", "mutants", "replay", "analyse");

    /** A base is asked this once, and waits for it. */
    private static final String COVERAGE = "cover";

    private static final Logger LOG = LoggerFactory.getLogger(JailedSandbox.class);

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final Path NOWHERE = Path.of("/");

    /** Compiling and testing for one base. */
    private static final int KEYS = 2;

    private final Jail jail;
    private final String detail;
    private final JvmCommand jvm;
    private final SandboxConfig config;
    private final JvmStarter starter;
    private final WarmPool pool;
    /** What measures: one JVM each waits, for it is asked once a candidate. */
    private final WarmPool tasks;
    /** For what comes too seldom to have a JVM wait. */
    private final WarmPool seldom;

    private final StateDirectory state;
    private final String identity;

    JailedSandbox(Jail jail, String detail, JvmCommand jvm, SandboxConfig config, StateDirectory state) {
        this.jail = jail;
        this.detail = detail;
        this.jvm = jvm;
        this.config = config;
        this.state = state;
        this.identity = String.join(
                " ",
                jail.isolation().name(),
                detail,
                Runtime.version().toString(),
                config.javaHome().toString(),
                config.limits().toString(),
                config.jvmOptions().toString(),
                jvm.bundle().identity());
        this.starter = new JvmStarter(jail);
        Activity activity = new Activity();
        this.pool = WarmPool.ofMany(config.warmJvms(), KEYS, starter::start, activity);
        int styled = 1; // projects with rules of style of their own have one more task
        this.tasks =
                WarmPool.ofOneEach(Math.min(1, config.warmJvms()), TASKS.size() + styled, starter::start, activity);
        // No candidate waits for these: JVMs may be started beside them.
        this.seldom = WarmPool.ofOneEach(0, 0, starter::start, new Activity());
        jvm.bundle().archive().ifPresent(archive -> archive.makeIfMissing(jvm, config.limits()));
    }

    @Override
    public Isolation isolation() {
        return jail.isolation();
    }

    @Override
    public String isolationDetail() {
        return detail;
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public CompileOutcome compile(CompileJob job) throws InterruptedException {
        try {
            Map<String, byte[]> sources = new LinkedHashMap<>();
            job.sources().forEach((path, text) -> sources.put(path, text.getBytes(StandardCharsets.UTF_8)));
            byte[] order = new CompileOrder(sources, texts(job.classpath()), job.options()).encode();
            Reply reply = pool.exchange(compiler(job.classpath(), job.options()), order, job.timeout());
            if (reply instanceof Reply.Report report) {
                return outcome(CompileReport.decode(report.payload()));
            }
            return new CompileOutcome.Stopped(((Reply.Contained) reply).containment());
        } catch (IOException e) {
            return new CompileOutcome.Stopped(unavailable(e));
        }
    }

    @Override
    public TestOutcome test(TestJob job) throws InterruptedException {
        try {
            HiddenCanaries hidden = HiddenCanaries.plant(job, RANDOM);
            byte[] order = hidden.order(job, texts(job.classpath())).encode();
            long start = System.nanoTime();
            Reply reply = pool.exchange(tester(job.classpath(), job.projectDirectory()), order, job.timeout());
            if (reply instanceof Reply.Report report) {
                return TestReportJudge.judge(TestReport.decode(report.payload()), hidden, System.nanoTime() - start);
            }
            return new TestOutcome.Stopped(((Reply.Contained) reply).containment());
        } catch (IOException e) {
            return new TestOutcome.Stopped(unavailable(e));
        }
    }

    @Override
    public void expect(ExpectedWork work) {
        try {
            pool.expect(compiler(work.compileClasspath(), work.javacOptions()));
            pool.expect(tester(work.testClasspath(), work.projectDirectory()));
            for (String task : TASKS) {
                if (!RunnerBundle.analyses(task) || !jvm.bundle().analysers().isEmpty()) {
                    List<String> practice = TaskJob.practice(task, work.javacOptions());
                    tasks.expect(forTask(task, practice, work.readable(), work.projectDirectory()));
                }
            }
        } catch (IOException e) {
            LOG.warn("Nothing can be started ahead: {}", e.getMessage());
        }
    }

    @Override
    public TaskOutcome run(TaskJob job) throws InterruptedException {
        try {
            if (RunnerBundle.analyses(job.task()) && jvm.bundle().analysers().isEmpty()) {
                return new TaskOutcome.Stopped(
                        new Containment(Kind.UNAVAILABLE, "the analysers are not on the class path"));
            }
            Inmate inmate = forTask(job.task(), job.practice(), job.readable(), job.workingDirectory());
            WarmPool of = job.task().equals(COVERAGE) ? seldom : tasks;
            Reply reply = of.exchange(inmate, job.order().toArray(), job.timeout());
            return reply instanceof Reply.Report report
                    ? new TaskOutcome.Reported(ByteBuffer.wrap(report.payload()).asReadOnlyBuffer())
                    : new TaskOutcome.Stopped(((Reply.Contained) reply).containment());
        } catch (IOException e) {
            return new TaskOutcome.Stopped(unavailable(e));
        }
    }

    @Override
    public CommandOutcome command(CommandJob job) throws InterruptedException {
        try (ScratchTree tree = ScratchTree.of(job, state.path())) {
            List<Path> mounts = new ArrayList<>(job.tools());
            mounts.add(tree.root());
            Path directory = Mounts.clean(tree.root().resolve(job.directory()));
            if (!directory.startsWith(tree.root())) {
                throw new IOException(job.directory() + " leaves the tree");
            }
            return starter.run(new Inmate(Mounts.of(mounts), directory, job.argv(), config.limits()), job.timeout());
        } catch (IOException e) {
            return new CommandOutcome.Stopped(unavailable(e));
        }
    }

    private Inmate compiler(List<Path> classpath, List<String> options) throws IOException {
        List<String> task = new ArrayList<>(List.of("compile"));
        task.addAll(options);
        return inmate(task, classpath, NOWHERE, List.of());
    }

    private Inmate tester(List<Path> classpath, Path projectDirectory) throws IOException {
        List<Path> paths = new ArrayList<>(classpath);
        paths.add(projectDirectory);
        return inmate(List.of("test"), paths, Mounts.clean(projectDirectory), config.jvmOptions());
    }

    private Inmate forTask(String task, List<String> practice, List<Path> readable, Path workingDirectory)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(task));
        arguments.addAll(practice);
        return inmate(arguments, readable, Mounts.clean(workingDirectory), config.jvmOptions());
    }

    private Inmate inmate(List<String> task, List<Path> paths, Path workingDirectory, List<String> options)
            throws IOException {
        List<Path> mounts = new ArrayList<>(jvm.bundle().classpath(task));
        mounts.addAll(paths);
        List<String> all = new ArrayList<>(options);
        jvm.bundle().archive().flatMap(ClassArchive::file).ifPresent(archive -> {
            mounts.add(archive);
            all.add("-XX:SharedArchiveFile=" + archive);
        });
        return new Inmate(Mounts.of(mounts), workingDirectory, jvm.argv(task, config.limits(), all), config.limits());
    }

    private static CompileOutcome outcome(CompileReport report) {
        if (report.compiled()) {
            return new Compiled(report.classes());
        }
        return new Refused(report.problems().stream()
                .map(problem -> new CompileOutcome.Problem(problem.path(), problem.line(), problem.message()))
                .toList());
    }

    private static Containment unavailable(IOException e) {
        return new Containment(Kind.UNAVAILABLE, e.getMessage());
    }

    private static List<String> texts(List<Path> paths) {
        return paths.stream().map(path -> Mounts.clean(path).toString()).toList();
    }

    @Override
    public void close() {
        jvm.bundle().archive().ifPresent(ClassArchive::close);
        pool.close();
        tasks.close();
        seldom.close();
        starter.close();
        state.close();
    }
}
