package dev.selfheal.patch.localise;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.stmt.Statement;
import dev.selfheal.event.SuspectLocation;
import java.util.List;
import java.util.Optional;

/**
 * A statement on the stack trace, with what a fix needs to know about its place.
 *
 * @param source the file it stands in
 * @param member the method, constructor, initialiser or field around it
 * @param statement the innermost statement on the line that is not a block; empty for a field initialiser
 * @param line the frame's line, from 1
 * @param expressions what the frame may have been evaluating: expressions of the statement itself (not of statements
 *     nested in it) that begin on, or span, the line; in source order, outer before inner
 * @param callee what this frame was calling; empty when the exception was created here
 * @param suspect the location and its score
 */
public record FaultSite(
        ParsedSource source,
        BodyDeclaration<?> member,
        Optional<Statement> statement,
        int line,
        List<Expression> expressions,
        Optional<Callee> callee,
        SuspectLocation suspect) {

    public FaultSite {
        expressions = List.copyOf(expressions);
    }

    /**
     * The call this frame was making.
     *
     * @param method the called method, {@code <init>} for a constructor
     * @param inApp true when its source is in the tree too
     * @param parameters names of its parameters when its source is known, else empty
     */
    public record Callee(String method, boolean inApp, List<String> parameters) {
        public Callee {
            parameters = List.copyOf(parameters);
        }
    }

    public double score() {
        return suspect.getScore();
    }

    public String textOf(Node node) {
        return source.textOf(node);
    }
}
