package dev.selfheal.standalone.corpus;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.expr.AnnotationExpr;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import com.github.javaparser.ast.expr.Name;
import com.github.javaparser.ast.expr.SimpleName;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;

/** Which members of a test class one test method needs, by name: too many rather than too few. */
final class ReachableMembers {

    private static final Set<String> LIFECYCLE = Set.of(
            "Before",
            "BeforeClass",
            "BeforeEach",
            "BeforeAll",
            "After",
            "AfterClass",
            "AfterEach",
            "AfterAll",
            "Parameters");
    /** JUnit 3 knows them by name. */
    private static final Set<String> LIFECYCLE_BY_NAME = Set.of("setUp", "tearDown");

    private ReachableMembers() {}

    static Set<BodyDeclaration<?>> from(ClassOrInterfaceDeclaration type, String method, boolean keepOverrides) {
        Set<BodyDeclaration<?>> reached = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<BodyDeclaration<?>> open = new ArrayDeque<>();
        Set<String> names = new HashSet<>();
        type.getMembers().stream().filter(m -> isRoot(m, method, keepOverrides)).forEach(open::add);
        while (!open.isEmpty()) {
            BodyDeclaration<?> member = open.remove();
            if (reached.add(member)) {
                addNames(names, Set.of(member));
                type.getMembers().stream()
                        .filter(m -> !reached.contains(m) && isNamed(m, names))
                        .forEach(open::add);
            }
        }
        return reached;
    }

    static Set<String> namesIn(Iterable<? extends Node> nodes) {
        Set<String> names = new HashSet<>();
        addNames(names, nodes);
        return names;
    }

    /** Adds every identifier the nodes mention; strings in annotations too, because they may name methods. */
    static void addNames(Set<String> names, Iterable<? extends Node> nodes) {
        for (Node node : nodes) {
            node.findAll(SimpleName.class).forEach(n -> names.add(n.getIdentifier()));
            node.findAll(Name.class).forEach(n -> names.add(n.getIdentifier()));
            node.findAll(MethodReferenceExpr.class).forEach(n -> names.add(n.getIdentifier()));
            node.findAll(AnnotationExpr.class)
                    .forEach(a -> a.findAll(StringLiteralExpr.class).forEach(s -> names.add(s.getValue())));
        }
    }

    private static boolean isRoot(BodyDeclaration<?> member, String method, boolean keepOverrides) {
        if (member instanceof MethodDeclaration declared) {
            return declared.getNameAsString().equals(method)
                    || LIFECYCLE_BY_NAME.contains(declared.getNameAsString())
                    || declared.getAnnotations().stream()
                            .anyMatch(a -> LIFECYCLE.contains(a.getName().getIdentifier()))
                    || (keepOverrides && declared.isAnnotationPresent("Override"));
        }
        if (member instanceof FieldDeclaration declared) {
            // Rules, extensions, mocks, temporary folders: they act without being mentioned.
            return !declared.getAnnotations().isEmpty();
        }
        return member.isConstructorDeclaration() || member.isInitializerDeclaration();
    }

    private static boolean isNamed(BodyDeclaration<?> member, Set<String> names) {
        if (member instanceof FieldDeclaration declared) {
            return declared.getVariables().stream().anyMatch(v -> names.contains(v.getNameAsString()));
        }
        if (member instanceof MethodDeclaration declared) {
            return names.contains(declared.getNameAsString());
        }
        return member.isTypeDeclaration()
                && names.contains(member.asTypeDeclaration().getNameAsString());
    }
}
