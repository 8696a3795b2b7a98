package dev.selfheal.validation.risk;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.AnnotationExpr;
import com.github.javaparser.ast.expr.ConditionalExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.stmt.AssertStmt;
import com.github.javaparser.ast.stmt.IfStmt;
import dev.selfheal.event.FindingLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What protects: rules that count the other way round, as fewer than before is the risk. */
final class Safeguards {

    static final RiskRule ASSERTION =
            RiskRule.ofConstruct("SH-RISK-ASSERTION", FindingLevel.WARNING, 617, "removes an assertion");
    static final RiskRule TEST_REMOVED =
            RiskRule.ofConstruct("SH-RISK-TEST-REMOVED", FindingLevel.ERROR, 1053, "removes a test");
    static final RiskRule ACCESS =
            RiskRule.ofConstruct("SH-RISK-ACCESS", FindingLevel.ERROR, 862, "removes an access check");
    static final RiskRule ACCESS_CONDITION = RiskRule.ofConstruct(
            "SH-RISK-ACCESS-CONDITION", FindingLevel.WARNING, 863, "changes the condition of an access check");
    static final RiskRule RANDOM = RiskRule.ofConstruct(
            "SH-RISK-RANDOM", FindingLevel.ERROR, 338, "gives up a cryptographically strong random source");

    static final List<RiskRule> ALL = List.of(ASSERTION, TEST_REMOVED, ACCESS, ACCESS_CONDITION, RANDOM);

    private static final Pattern ASSERT_CALL =
            Pattern.compile("assert[A-Z]\\w*|verifyNoMoreInteractions|verifyNoInteractions");
    private static final Set<String> TESTS =
            Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "TestTemplate");
    private static final Set<String> ACCESS_ANNOTATIONS = Set.of(
            "PreAuthorize",
            "PostAuthorize",
            "PreFilter",
            "PostFilter",
            "Secured",
            "RolesAllowed",
            "DenyAll",
            "Authenticated",
            "RequiresAuthentication",
            "RequiresUser",
            "RequiresRoles",
            "RequiresPermissions");
    private static final Pattern ACCESS_CALL =
            Pattern.compile("(has|check|require|verify|assert|ensure|is|authorize|authorise|authenticate)"
                    + "(Any)?(User|Caller|Current)?(InRole|Role|Roles|Authority|Permission|Permissions|Permitted|Access"
                    + "|Authenticated|Authorized|Authorised|Owner|Ownership|Admin|Signature|Token|Csrf)"
                    + "|authori[sz]e|authenticate|isUserInRole|checkPermission");

    private Safeguards() {}

    static List<Use> of(CompilationUnit unit) {
        List<Use> uses = new ArrayList<>();
        unit.walk(node -> visit(node, uses));
        return uses;
    }

    private static void visit(Node node, List<Use> uses) {
        if (node instanceof AssertStmt) {
            uses.add(new Use(ASSERTION, "assert statement", 0));
        } else if (node instanceof AnnotationExpr annotation) {
            annotation(annotation, uses);
        } else if (node instanceof MethodCallExpr call) {
            call(call.getNameAsString(), uses);
        } else if (node instanceof ObjectCreationExpr creation
                && creation.getType().getNameAsString().equals("SecureRandom")) {
            uses.add(new Use(RANDOM, "SecureRandom", 0));
        } else if (node instanceof IfStmt branch) {
            condition(branch.getCondition(), uses);
        } else if (node instanceof ConditionalExpr choice) {
            condition(choice.getCondition(), uses);
        }
    }

    private static void annotation(AnnotationExpr annotation, List<Use> uses) {
        String name = annotation.getName().getIdentifier();
        if (TESTS.contains(name)) {
            uses.add(new Use(TEST_REMOVED, "a method with a test annotation", 0));
        } else if (ACCESS_ANNOTATIONS.contains(name)) {
            uses.add(new Use(ACCESS, annotation.toString(), 0));
        }
    }

    private static void call(String method, List<Use> uses) {
        if (ACCESS_CALL.matcher(method).matches()) {
            uses.add(new Use(ACCESS, method, 0));
        } else if (ASSERT_CALL.matcher(method).matches()) {
            uses.add(new Use(ASSERTION, "call of " + method, 0));
        }
    }

    /** The whole condition is the subject, so that {@code || true} beside an unchanged check shows. */
    private static void condition(Expression condition, List<Use> uses) {
        boolean guarded = condition
                .findFirst(
                        MethodCallExpr.class,
                        call -> ACCESS_CALL.matcher(call.getNameAsString()).matches())
                .isPresent();
        if (guarded) {
            uses.add(new Use(ACCESS_CONDITION, condition.toString(), 0));
        }
    }
}
