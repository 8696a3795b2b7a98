package dev.selfheal.standalone.cli;

import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.Isolation;
import dev.selfheal.ingest.grouping.InAppPackages;
import dev.selfheal.ingest.policy.PolicyRules;
import dev.selfheal.ingest.project.Project;
import dev.selfheal.standalone.policy.LocalPolicy;
import dev.selfheal.standalone.policy.PolicyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What the intake that is asked about is configured with, as far as groups depend on it. */
final class GroupingOptions {

    @Option(
            names = "--in-app",
            paramLabel = "PREFIX",
            split = ",",
            description = "Package prefixes of the services' own code: 'prefix' for all, or 'service=prefix'; may be"
                    + " repeated. Without it own code is inferred, as the intake does.")
    private List<String> inApp = new ArrayList<>();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "A service's policy (JSON with at least service); may be repeated. Its inAppPackages win over"
                    + " --in-app, and its grouping counts.")
    private List<Path> policies = new ArrayList<>();

    @Option(
            names = "--projects",
            paramLabel = "FILE",
            description = "The intake's projects: what the names of services mean, and whose an error without one is.")
    private Path projects;

    @Option(
            names = "--project",
            paramLabel = "ID",
            description = "Whose key the errors would come with; needed when --projects has several.")
    private String project;

    PolicyRules rules() throws CommandFailure {
        Map<String, HealingPolicy> byService = new HashMap<>();
        for (Path file : policies) {
            HealingPolicy policy = policy(file);
            if (byService.put(policy.getService(), policy) != null) {
                throw CommandFailure.usage("--policy: " + file + " is the second one of " + policy.getService());
            }
        }
        return new PolicyRules(service -> Optional.ofNullable(byService.get(service)), packages());
    }

    Project project() throws CommandFailure {
        if (projects == null) {
            if (project != null) {
                throw CommandFailure.usage("--project needs the file with --projects");
            }
            return Project.OPEN;
        }
        List<Project> known = ServiceFiles.projects(projects).all();
        if (project == null && known.size() > 1) {
            throw CommandFailure.usage("--project is missing; " + projects + " has " + ids(known));
        }
        return known.stream()
                .filter(one -> project == null || one.id().equals(project))
                .findFirst()
                .orElseThrow(() -> CommandFailure.usage(
                        "--project: " + projects + " has no '" + project + "', but " + ids(known)));
    }

    private InAppPackages packages() throws CommandFailure {
        try {
            return InAppPackages.parse(inApp);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--in-app " + e.getMessage());
        }
    }

    private static HealingPolicy policy(Path file) throws CommandFailure {
        HealingPolicy defaults = LocalPolicy.of("", Path.of(""), "", Isolation.UNSHARE, Instant.EPOCH);
        try {
            HealingPolicy policy = PolicyFile.read(file, defaults);
            PolicyRules.check(policy);
            if (policy.getService().isBlank()) {
                throw CommandFailure.usage("--policy: " + file + " must name /service");
            }
            return policy;
        } catch (IOException e) {
            throw CommandFailure.usage("--policy: " + e.getMessage());
        } catch (PatternSyntaxException e) {
            throw CommandFailure.usage("--policy: " + file + " /grouping/messagePatterns: " + e.getDescription());
        }
    }

    private static String ids(List<Project> known) {
        return known.stream().map(Project::id).collect(Collectors.joining(", "));
    }
}
