package dev.selfheal.validation.sandbox;

import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.HealingException;
import dev.selfheal.event.Isolation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the sandbox with the strongest isolation that proves to work on this machine. */
public final class Sandboxes {

    private static final Logger LOG = LoggerFactory.getLogger(Sandboxes.class);

    /** A container is not taken by itself: it costs far more to start, and an engine runs with privileges of its own. */
    private static final List<Isolation> STRONGEST_FIRST =
            List.of(Isolation.BUBBLEWRAP, Isolation.UNSHARE, Isolation.PROCESS);

    private Sandboxes() {}

    /**
     * Opens a sandbox; close it to end all its processes. Takes about half a second per isolation tried.
     *
     * @throws HealingException with SANDBOX_UNAVAILABLE when none of the permitted isolations works; the message says
     *     what was tried and why it failed
     */
    public static Sandbox open(SandboxConfig config) throws HealingException, InterruptedException {
        List<String> refusals = new ArrayList<>();
        for (Isolation isolation : candidates(config)) {
            Optional<Sandbox> sandbox = tryOpen(isolation, config, refusals);
            if (sandbox.isPresent()) {
                LOG.info("Sandbox: {} ({})", isolation, sandbox.get().isolationDetail());
                return sandbox.get();
            }
        }
        throw new HealingException(
                ErrorCode.SANDBOX_UNAVAILABLE,
                "no permitted isolation works here (forced: "
                        + config.forced().map(Isolation::name).orElse("none") + ", minimum: " + config.minimum() + "): "
                        + String.join("; ", refusals) + ". Install bubblewrap, or permit a weaker isolation.");
    }

    private static List<Isolation> candidates(SandboxConfig config) {
        return config.forced().map(List::of).orElse(STRONGEST_FIRST).stream()
                .filter(isolation -> isolation.compareTo(config.minimum()) >= 0)
                .toList();
    }

    private static Optional<Sandbox> tryOpen(Isolation isolation, SandboxConfig config, List<String> refusals)
            throws InterruptedException {
        StateDirectory state = null;
        try {
            state = StateDirectory.create(config.stateDirectory());
            Jail jail = jail(isolation, config, state);
            Path javaHome = config.javaHome().toRealPath();
            RunnerBundle bundle = RunnerBundle.prepare(state.path(), config.archives(), javaHome);
            JvmCommand jvm = new JvmCommand(javaHome, bundle, jail.surroundings());
            Optional<String> refuted = new Probe(state.path(), config.limits()).refute(jail, jvm);
            if (refuted.isEmpty()) {
                String detail = refusals.isEmpty() ? jail.detail() : jail.detail() + "; " + String.join("; ", refusals);
                return Optional.of(new JailedSandbox(jail, detail, jvm, config, state));
            }
            refusals.add(isolation + " does not work: " + refuted.get());
        } catch (IOException e) {
            refusals.add(isolation + " does not work: " + e.getMessage());
        }
        if (state != null) {
            state.close();
        }
        return Optional.empty();
    }

    private static Jail jail(Isolation isolation, SandboxConfig config, StateDirectory state)
            throws IOException, InterruptedException {
        return switch (isolation) {
            case BUBBLEWRAP -> Bubblewrap.prepare(config.javaHome(), state.path());
            case UNSHARE -> Unshare.prepare(config.javaHome(), state.path());
            case PROCESS -> PlainProcess.prepare(state.path());
            case CONTAINER -> Container.prepare(config.containerCommand(), config.javaHome(), state.path());
            case NONE -> throw new IOException(isolation + " is not an isolation the worker can give");
        };
    }
}
