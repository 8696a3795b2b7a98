package dev.selfheal.patch.template;

import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.stmt.Statement;
import dev.selfheal.patch.localise.FaultSite;
import java.util.List;
import java.util.Optional;

/** Returns a neutral value first thing in the method when an argument is not what the method can handle. */
final class MethodEntryPlacement implements Placement {

    private static final double USUAL = 0.9;

    @Override
    public List<TemplateEdit> place(FaultSite site, Guard guard) {
        if (!(Anchors.frame(guard.faulting()).orElse(null) instanceof CallableDeclaration<?> callable)) {
            return List.of();
        }
        Optional<Statement> first = Anchors.bodyOf(callable).stream()
                .filter(statement -> !statement.isExplicitConstructorInvocationStmt())
                .findFirst();
        boolean arguments = Scopes.onlyUntouchedParameters(callable, guard.inputs(), guard.faulting());
        if (first.isEmpty() || !arguments) {
            return List.of();
        }
        Layout layout = new Layout(site);
        return ReturnValues.at(site, guard).stream()
                .map(value -> new TemplateEdit(
                        "method-entry",
                        List.of(layout.checkBefore(first.get(), guard.violated(), value.statement())),
                        USUAL * value.fit(),
                        "Answers `" + guard.violated() + "` with `" + value.statement() + "` on entry: "
                                + guard.reason() + "."))
                .toList();
    }
}
