package dev.selfheal.validation.sandbox;

import dev.selfheal.event.Isolation;
import dev.selfheal.validation.sandbox.CompileOutcome.Compiled;
import dev.selfheal.validation.sandbox.CompileOutcome.Refused;
import dev.selfheal.validation.sandbox.Containment.Kind;
import dev.selfheal.validation.sandbox.runner.CompileOrder;
import dev.selfheal.validation.sandbox.runner.CompileReport;
import dev.selfheal.validation.sandbox.runner.TestOrder;
import dev.selfheal.validation.sandbox.runner.TestReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The sandbox: orders out, judged reports back, each in a jailed JVM of its own. */
final class JailedSandbox implements Sandbox {

    private static final Path NOWHERE = Path.of("/");

    private final Jail jail;
    private final String detail;
    private final JvmCommand jvm;
    private final SandboxConfig config;
    private final JvmStarter starter;
    private final WarmPool tests;
    private final WarmPool compilers;
    private final Map<String, WarmPool> tasks = new ConcurrentHashMap<>();
    private final StateDirectory state;

    JailedSandbox(Jail jail, String detail, JvmCommand jvm, SandboxConfig config, StateDirectory state) {
        this.jail = jail;
        this.detail = detail;
        this.jvm = jvm;
        this.config = config;
        this.state = state;
        this.starter = new JvmStarter(jail);
        this.tests = new WarmPool(config.warmJvms(), starter);
        this.compilers = new WarmPool(config.warmJvms(), starter);
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
    public CompileOutcome compile(CompileJob job) throws InterruptedException {
        try {
            Map<String, byte[]> sources = new LinkedHashMap<>();
            job.sources().forEach((path, text) -> sources.put(path, text.getBytes(StandardCharsets.UTF_8)));
            byte[] order = new CompileOrder(sources, texts(job.classpath()), job.options()).encode();
            Inmate inmate = inmate("compile", job.classpath(), NOWHERE, List.of());
            Reply reply = compilers.exchange(inmate, order, job.timeout());
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
            byte[] order = new TestOrder(job.overrides(), texts(job.classpath()), job.selectors()).encode();
            List<Path> paths = new ArrayList<>(job.classpath());
            paths.add(job.projectDirectory());
            Inmate inmate = inmate("test", paths, Mounts.clean(job.projectDirectory()), config.jvmOptions());
            long start = System.nanoTime();
            Reply reply = tests.exchange(inmate, order, job.timeout());
            if (reply instanceof Reply.Report report) {
                return TestReportJudge.judge(TestReport.decode(report.payload()), System.nanoTime() - start);
            }
            return new TestOutcome.Stopped(((Reply.Contained) reply).containment());
        } catch (IOException e) {
            return new TestOutcome.Stopped(unavailable(e));
        }
    }

    @Override
    public TaskOutcome run(TaskJob job) throws InterruptedException {
        try {
            if (job.task().equals("analyse") && jvm.bundle().analysers().isEmpty()) {
                return new TaskOutcome.Stopped(
                        new Containment(Kind.UNAVAILABLE, "the analysers are not on the class path"));
            }
            Inmate inmate =
                    inmate(job.task(), job.readable(), Mounts.clean(job.workingDirectory()), config.jvmOptions());
            WarmPool pool =
                    tasks.computeIfAbsent(job.task(), task -> new WarmPool(Math.min(1, config.warmJvms()), starter));
            Reply reply = pool.exchange(inmate, job.order().toArray(), job.timeout());
            return reply instanceof Reply.Report report
                    ? new TaskOutcome.Reported(ByteBuffer.wrap(report.payload()).asReadOnlyBuffer())
                    : new TaskOutcome.Stopped(((Reply.Contained) reply).containment());
        } catch (IOException e) {
            return new TaskOutcome.Stopped(unavailable(e));
        }
    }

    private Inmate inmate(String task, List<Path> paths, Path workingDirectory, List<String> options)
            throws IOException {
        List<Path> mounts = new ArrayList<>(jvm.bundle().classpath(task));
        mounts.addAll(paths);
        return new Inmate(
                Mounts.of(mounts), workingDirectory, jvm.argv(task, config.limits(), options), config.limits());
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
        tests.close();
        compilers.close();
        tasks.values().forEach(WarmPool::close);
        starter.close();
        state.close();
    }
}
