package dev.selfheal.patch.localise;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.InitializerDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds what stands on a line of a parsed file. Pure. */
final class SiteFinder {

    private SiteFinder() {}

    /** The innermost method, constructor, initialiser or field that spans the line. */
    static Optional<BodyDeclaration<?>> member(ParsedSource source, int line) {
        return source.unit().findAll(BodyDeclaration.class).stream()
                .filter(member -> !(member instanceof TypeDeclaration) && spans(member, line))
                .<BodyDeclaration<?>>map(member -> (BodyDeclaration<?>) member)
                .max(Comparator.comparingInt(SiteFinder::depth));
    }

    /** True when a frame with this function name can stand in the member. */
    static boolean named(BodyDeclaration<?> member, String function) {
        if (function.equals("<init>") || function.equals("<clinit>")) {
            return member.isConstructorDeclaration()
                    || member instanceof InitializerDeclaration
                    || member instanceof FieldDeclaration
                    || member.isEnumConstantDeclaration()
                    || member.isCompactConstructorDeclaration();
        }
        return function.startsWith("lambda$")
                || function.startsWith("access$")
                || (member instanceof CallableDeclaration<?> callable
                        && callable.getNameAsString().equals(function));
    }

    /** The innermost statement on the line that is not a block. */
    static Optional<Statement> statement(BodyDeclaration<?> member, int line) {
        return member.findAll(Statement.class).stream()
                .filter(statement -> !(statement instanceof BlockStmt) && spans(statement, line))
                .max(Comparator.comparingInt(SiteFinder::depth));
    }

    /** Expressions of a node, not of statements nested in it, that span the line; outer before inner. */
    static List<Expression> expressions(Node owner, int line) {
        List<Expression> found = new ArrayList<>();
        collect(owner, found);
        List<Expression> onLine =
                found.stream().filter(expression -> spans(expression, line)).toList();
        return onLine.isEmpty() ? found : onLine;
    }

    private static void collect(Node node, List<Expression> found) {
        for (Node child : node.getChildNodes()) {
            if (child instanceof Expression expression) {
                found.add(expression);
            }
            boolean ownFrame =
                    child instanceof LambdaExpr lambda && lambda.getBody().isBlockStmt();
            if (!(child instanceof Statement && node instanceof Statement) && !ownFrame) {
                collect(child, found);
            }
        }
    }

    private static boolean spans(Node node, int line) {
        return node.getRange()
                .filter(range -> range.begin.line <= line && line <= range.end.line)
                .isPresent();
    }

    private static int depth(Node node) {
        int depth = 0;
        for (Optional<Node> parent = node.getParentNode();
                parent.isPresent();
                parent = parent.get().getParentNode()) {
            depth++;
        }
        return depth;
    }
}
