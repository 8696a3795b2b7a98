package dev.selfheal.standalone.corpus;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.ImportDeclaration;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.expr.SimpleName;
import com.github.javaparser.ast.nodeTypes.NodeWithSimpleName;
import java.util.Optional;
import java.util.Set;

/**
 * A test class cut down to one test method and what that needs, under another name. The rest of the class often uses API
 * that the buggy release does not have yet. Pure: text in, text out; what stays keeps its layout.
 */
final class ReproductionSource {

    private final String source;
    private final String className;
    private final CompilationUnit unit;

    private ReproductionSource(String source, String className, CompilationUnit unit) {
        this.source = source;
        this.className = className;
        this.unit = unit;
    }

    /**
     * @param className simple name of the test class
     * @throws MaterialisationException when the text is not Java or has no such class
     */
    static ReproductionSource parse(String text, String className) throws MaterialisationException {
        String source = text.replace("\r\n", "\n");
        // RAW: what is valid depends on the release, and the compiler will say so.
        ParserConfiguration configuration = new ParserConfiguration().setLanguageLevel(LanguageLevel.RAW);
        ParseResult<CompilationUnit> result = new JavaParser(configuration).parse(source);
        CompilationUnit unit = result.getResult()
                .filter(u -> result.isSuccessful())
                .orElseThrow(() -> new MaterialisationException(
                        "cannot parse the test " + className + ": " + result.getProblems()));
        if (unit.getClassByName(className).isEmpty()) {
            throw new MaterialisationException("no class " + className + " in its file");
        }
        return new ReproductionSource(source, className, unit);
    }

    /**
     * The class with one test method and everything that method can reach in it.
     *
     * @param newName simple name of the result
     * @param keepSuperclass false also drops {@code extends} and overriding methods
     * @throws MaterialisationException when there is no such method
     */
    String prunedTo(String method, String newName, boolean keepSuperclass) throws MaterialisationException {
        ClassOrInterfaceDeclaration type = unit.getClassByName(className).orElseThrow();
        Set<BodyDeclaration<?>> kept = ReachableMembers.from(type, method, keepSuperclass);
        if (kept.stream()
                .noneMatch(m -> m.isMethodDeclaration()
                        && m.asMethodDeclaration().getNameAsString().equals(method))) {
            throw new MaterialisationException("no method " + method + " in " + className);
        }
        SourceCuts cuts = new SourceCuts(source);
        type.getMembers().stream().filter(m -> !kept.contains(m)).forEach(cuts::remove);
        if (!keepSuperclass) {
            type.getExtendedTypes().getFirst().ifPresent(cuts::removeExtends);
        }
        Set<String> names = ReachableMembers.namesIn(kept);
        ReachableMembers.addNames(names, type.getAnnotations());
        ReachableMembers.addNames(names, type.getImplementedTypes());
        if (keepSuperclass) {
            ReachableMembers.addNames(names, type.getExtendedTypes());
        }
        removeUnused(names, cuts);
        type.findAll(SimpleName.class).stream()
                .filter(n -> n.getIdentifier().equals(className))
                .forEach(n -> cuts.replace(n, newName));
        return cuts.apply();
    }

    /** Simple name of the superclass. */
    Optional<String> superclass() {
        return unit.getClassByName(className)
                .flatMap(type -> type.getExtendedTypes().getFirst())
                .map(NodeWithSimpleName::getNameAsString);
    }

    private void removeUnused(Set<String> names, SourceCuts cuts) {
        for (TypeDeclaration<?> other : unit.getTypes()) {
            if (!other.getNameAsString().equals(className)) {
                if (names.contains(other.getNameAsString())) {
                    ReachableMembers.addNames(names, Set.of(other));
                } else {
                    cuts.remove(other);
                }
            }
        }
        for (ImportDeclaration declared : unit.getImports()) {
            if (!declared.isAsterisk() && !names.contains(lastSegment(declared))) {
                cuts.remove((Node) declared);
            }
        }
    }

    private static String lastSegment(ImportDeclaration declared) {
        return declared.getName().getIdentifier();
    }
}
