package dev.selfheal.validation.check;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Paths no patch may touch, whatever the policy allows. Pure text: nothing is looked up on a disk. */
final class PathRules {

    static final String BUILD = "SH-POLICY-BUILD";

    /** A refusal of a path. */
    record Refusal(String ruleId, String reason) {}

    private record Rule(String id, Pattern path, String reason) {}

    /** Plain characters only: what is left out (quotes, colons, controls, non-ASCII) is how paths lie. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_$+@=,~ ()\\[\\]{}!#%&.\\-/]{1,400}");

    private static final List<Rule> RULES = List.of(
            rule(
                    BUILD,
                    "build files are left to people",
                    "(.*/)?(pom\\.xml|.*\\.pom|build\\.xml|.*\\.gradle(\\.kts)?|gradle\\.(properties|lockfile)|verification-metadata\\.xml|.*\\.versions\\.toml"
                            + "|gradlew(\\.bat)?|mvnw(\\.cmd)?|build\\.sbt|makefile|cmakelists\\.txt|build(\\.bazel)?"
                            + "|workspace(\\.bazel)?|package(-lock)?\\.json|pyproject\\.toml|setup\\.(py|cfg)"
                            + "|requirements.*\\.txt|dockerfile.*|docker-compose.*|module-info\\.java)"),
            rule(
                    BUILD,
                    "build tooling is left to people",
                    "(.*/)?(\\.mvn|\\.gradle|gradle/wrapper|buildsrc|build-logic|project/plugins)(/.*)?"),
            rule(
                    "SH-POLICY-CI",
                    "continuous integration is left to people",
                    "(.*/)?(\\.github|\\.gitlab|\\.circleci|\\.buildkite|\\.ci|\\.woodpecker)(/.*)?"
                            + "|(.*/)?(\\.gitlab-ci\\.yml|jenkinsfile.*|\\.travis\\.yml|azure-pipelines.*\\.ya?ml"
                            + "|bitbucket-pipelines\\.yml|appveyor\\.yml|\\.drone\\.yml|codeowners)"),
            rule(
                    "SH-POLICY-CREDENTIALS",
                    "credentials are left to people",
                    "(.*/)?(.*\\.(pem|key|p12|pfx|jks|keystore|asc|gpg)|\\.env.*|id_(rsa|dsa|ecdsa|ed25519).*|\\.netrc"
                            + "|\\.npmrc|\\.pypirc|credentials.*|secrets?\\..*|settings-security\\.xml|authorized_keys)"
                            + "|(.*/)?(\\.ssh|\\.aws|\\.gnupg|\\.kube)(/.*)?"),
            rule(
                    "SH-POLICY-GIT",
                    "git's own files are left to people",
                    "(.*/)?\\.git(attributes|modules|ignore|keep)?(/.*)?|(.*/)?git~\\d+(/.*)?"),
            rule(
                    "SH-POLICY-TEST",
                    "a patch must not change or remove tests",
                    "(.*/)?src/([a-z0-9_-]*test[a-z0-9_-]*|it)/.*|tests?/.*"),
            rule("SH-POLICY-SERVICE", "service and agent registrations load code", "(.*/)?meta-inf/.*"));

    private static final Pattern POM = Pattern.compile("(.*/)?pom\\.xml");

    private PathRules() {}

    /** A build file that is read before it is refused, where a policy lists dependencies. */
    static boolean isPom(String path) {
        return POM.matcher(path).matches();
    }

    static Optional<Refusal> refusal(String path) {
        if (!PLAIN.matcher(path).matches() || path.startsWith("/") || path.startsWith("~")) {
            return Optional.of(
                    new Refusal("SH-POLICY-ESCAPE", "the path is absolute or holds characters no source file needs"));
        }
        for (String segment : path.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..") || endsOddly(segment)) {
                return Optional.of(
                        new Refusal("SH-POLICY-ESCAPE", "the path is not normalised or leaves the repository"));
            }
        }
        String lower = path.toLowerCase(Locale.ROOT);
        return RULES.stream()
                .filter(rule -> rule.path().matcher(lower).matches())
                .map(rule -> new Refusal(rule.id(), rule.reason()))
                .findFirst();
    }

    /** Windows drops trailing dots and spaces: {@code .git.} is {@code .git} there. */
    private static boolean endsOddly(String segment) {
        return segment.endsWith(".") || segment.endsWith(" ") || segment.startsWith(" ");
    }

    private static Rule rule(String id, String reason, String regex) {
        return new Rule(id, Pattern.compile(regex), reason);
    }
}
