package dev.selfheal.patch.template;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.stmt.Statement;
import dev.selfheal.patch.localise.FaultSite;
import java.util.List;
import java.util.Optional;

/** Goes on with the next element of a loop when this one cannot be handled. */
final class SkipIterationPlacement implements Placement {

    private static final double ABOUT_ELEMENT = 0.85;
    private static final double ABOUT_SOMETHING_ELSE = 0.3;

    @Override
    public List<TemplateEdit> place(FaultSite site, Guard guard) {
        Optional<Statement> anchor = Anchors.statement(guard.faulting())
                .filter(statement -> Scopes.visibleBefore(statement, guard.inputs()));
        Optional<Statement> loop =
                anchor.flatMap(Anchors::loop).filter(statement -> !Nodes.same(statement, anchor.get()));
        if (loop.isEmpty()) {
            return List.of();
        }
        boolean aboutElement = Scopes.names(guard.inputs())
                .flatMap(name -> Scopes.declaration(name.getNameAsString(), name).stream())
                .anyMatch((Node declared) -> loop.get().isAncestorOf(declared));
        Change change = new Layout(site).checkBefore(anchor.get(), guard.violated(), "continue;");
        return List.of(new TemplateEdit(
                "skip-iteration",
                List.of(change),
                aboutElement ? ABOUT_ELEMENT : ABOUT_SOMETHING_ELSE,
                "Skips the element when `" + guard.violated() + "`: " + guard.reason() + "."));
    }
}
