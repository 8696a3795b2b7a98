package dev.selfheal.validation.risk;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.expr.AnnotationExpr;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BooleanLiteralExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.Name;
import com.github.javaparser.ast.expr.SimpleName;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.stmt.IfStmt;
import dev.selfheal.event.FindingLevel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What takes the strength out of a protection that stays in place: TLS, ciphers, parsers, access rules, tests. */
final class WeakeningRules {

    static final RiskRule TLS = RiskRule.ofConstruct(
            "SH-RISK-TLS", FindingLevel.ERROR, 295, "weakens the verification of certificates or host names");
    static final RiskRule WEAK_CRYPTO =
            RiskRule.ofConstruct("SH-RISK-WEAK-CRYPTO", FindingLevel.ERROR, 327, "asks for a broken algorithm");
    static final RiskRule XXE = RiskRule.ofConstruct(
            "SH-RISK-XXE", FindingLevel.ERROR, 611, "lets an XML parser resolve external entities");
    static final RiskRule OPEN_ACCESS =
            RiskRule.ofConstruct("SH-RISK-OPEN-ACCESS", FindingLevel.ERROR, 285, "opens access to everyone");
    static final RiskRule CONSTANT = RiskRule.ofConstruct(
            "SH-RISK-CONSTANT-CONDITION", FindingLevel.WARNING, 570, "decides a condition once and for all");
    static final RiskRule TEST_DISABLED =
            RiskRule.ofConstruct("SH-RISK-TEST-DISABLED", FindingLevel.ERROR, 1053, "disables a test");

    static final List<RiskRule> ALL = List.of(TLS, WEAK_CRYPTO, XXE, OPEN_ACCESS, CONSTANT, TEST_DISABLED);

    private static final Set<String> TLS_NAMES = Set.of(
            "NoopHostnameVerifier",
            "AllowAllHostnameVerifier",
            "ALLOW_ALL_HOSTNAME_VERIFIER",
            "TrustAllStrategy",
            "TrustSelfSignedStrategy",
            "InsecureTrustManagerFactory",
            "setHostnameVerifier",
            "setDefaultHostnameVerifier",
            "setDefaultSSLSocketFactory");
    private static final Set<String> TRUST_METHODS = Set.of("checkServerTrusted", "checkClientTrusted");
    private static final Pattern BROKEN =
            Pattern.compile("(?i)(MD2|MD4|MD5|SHA-?1|SHA|DES|DESede|RC2|RC4|ARCFOUR|Blowfish"
                    + "|(DES|DESede|RC4|RC2)/.*|[A-Za-z0-9]+/ECB/.*|NULL|SSL|SSLv2|SSLv3|TLSv1|TLSv1\\.1"
                    + "|(MD5|MD2|SHA1)with\\w+|Hmac(MD5|SHA1))");
    private static final Pattern ENTITIES = Pattern.compile(".*(external-general-entities|external-parameter-entities"
            + "|load-external-dtd|supportDTD|isSupportingExternalEntities)");
    private static final Pattern FORBIDS_ENTITIES =
            Pattern.compile(".*(disallow-doctype-decl|FEATURE_SECURE_PROCESSING)");
    private static final Set<String> ALGORITHM_CALLS = Set.of("getInstance", "setProtocol", "getMessageDigest");
    private static final Set<String> OPEN_CALLS = Set.of("permitAll", "anonymous");
    private static final Set<String> GUARDS = Set.of("csrf", "cors", "headers", "frameOptions", "httpFirewall");
    private static final Set<String> DISABLING =
            Set.of("Disabled", "Ignore", "DisabledIf", "DisabledOnOs", "DisabledOnJre");

    private WeakeningRules() {}

    static void visit(Node node, List<Use> uses) {
        int line = SyntaxRules.line(node);
        if ((node instanceof SimpleName simple && TLS_NAMES.contains(simple.getIdentifier()))
                || (node instanceof Name name && TLS_NAMES.contains(name.getIdentifier()))) {
            uses.add(new Use(TLS, node.toString(), line));
        } else if (node instanceof MethodDeclaration method) {
            trusting(method, line, uses);
        } else if (node instanceof MethodCallExpr call) {
            call(call, line, uses);
        } else if (node instanceof AnnotationExpr annotation) {
            annotation(annotation, line, uses);
        } else if (node instanceof BinaryExpr logic && isLogic(logic) && hasConstant(logic)) {
            uses.add(new Use(CONSTANT, logic.toString(), line));
        } else if (node instanceof IfStmt branch && branch.getCondition() instanceof BooleanLiteralExpr) {
            uses.add(new Use(CONSTANT, "if (" + branch.getCondition() + ")", line));
        }
    }

    /** A trust manager that throws nothing, a host name verifier that always agrees. */
    private static void trusting(MethodDeclaration method, int line, List<Use> uses) {
        String name = method.getNameAsString();
        String body = method.getBody().map(Object::toString).orElse("").replaceAll("\\s+", "");
        boolean blind = TRUST_METHODS.contains(name) && (body.equals("{}") || body.equals("{return;}"));
        boolean agrees = name.equals("verify")
                && method.getParameters().stream()
                        .anyMatch(p -> p.getTypeAsString().endsWith("SSLSession"))
                && body.equals("{returntrue;}");
        if (blind || agrees) {
            uses.add(new Use(TLS, name, line));
        }
    }

    private static void call(MethodCallExpr call, int line, List<Use> uses) {
        String name = call.getNameAsString();
        if (ALGORITHM_CALLS.contains(name)) {
            text(call, 0)
                    .filter(BROKEN.asMatchPredicate())
                    .ifPresent(text -> uses.add(new Use(WEAK_CRYPTO, text, line)));
        } else if (name.equals("setFeature") || name.equals("setProperty")) {
            text(call, 0)
                    .filter(text -> (ENTITIES.matcher(text).matches() && isLiteral(call, true))
                            || (FORBIDS_ENTITIES.matcher(text).matches() && isLiteral(call, false)))
                    .ifPresent(text -> uses.add(new Use(XXE, text, line)));
        } else if (name.equals("setExpandEntityReferences") && isLiteral(call, true)) {
            uses.add(new Use(XXE, name, line));
        } else if (OPEN_CALLS.contains(name) || (name.equals("disable") && guards(call))) {
            uses.add(new Use(OPEN_ACCESS, name, line));
        }
    }

    private static void annotation(AnnotationExpr annotation, int line, List<Use> uses) {
        String name = annotation.getName().getIdentifier();
        boolean off = name.equals("Test")
                && annotation.toString().replaceAll("\\s+", "").contains("enabled=false");
        if (DISABLING.contains(name) || off) {
            uses.add(new Use(TEST_DISABLED, annotation.toString(), line));
        } else if (name.equals("PermitAll") || name.equals("AnonymousAllowed")) {
            uses.add(new Use(OPEN_ACCESS, annotation.toString(), line));
        }
    }

    private static boolean guards(MethodCallExpr call) {
        return call.getScope()
                .map(scope -> scope instanceof MethodCallExpr inner ? inner.getNameAsString() : scope.toString())
                .filter(GUARDS::contains)
                .isPresent();
    }

    private static boolean isLogic(BinaryExpr logic) {
        return logic.getOperator() == BinaryExpr.Operator.AND || logic.getOperator() == BinaryExpr.Operator.OR;
    }

    private static boolean hasConstant(BinaryExpr logic) {
        return logic.getLeft() instanceof BooleanLiteralExpr || logic.getRight() instanceof BooleanLiteralExpr;
    }

    private static Optional<String> text(MethodCallExpr call, int index) {
        return call.getArguments().stream()
                .skip(index)
                .findFirst()
                .map(argument -> argument instanceof StringLiteralExpr text ? text.asString() : argument.toString());
    }

    private static boolean isLiteral(MethodCallExpr call, boolean value) {
        List<Expression> arguments = call.getArguments();
        Expression last = arguments.get(arguments.size() - 1);
        return last.toString().equals(Boolean.toString(value))
                || last.toString().equals(value ? "Boolean.TRUE" : "Boolean.FALSE");
    }
}
