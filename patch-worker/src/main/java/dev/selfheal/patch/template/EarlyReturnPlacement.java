package dev.selfheal.patch.template;

import com.github.javaparser.ast.stmt.Statement;
import dev.selfheal.patch.localise.FaultSite;
import java.util.List;
import java.util.Optional;

/** Returns a neutral value directly before the statement that would fail. */
final class EarlyReturnPlacement implements Placement {

    private static final double USUAL = 0.8;
    private static final double IN_LOOP = 0.5;

    @Override
    public List<TemplateEdit> place(FaultSite site, Guard guard) {
        Optional<Statement> anchor = Anchors.statement(guard.faulting())
                .filter(statement -> Scopes.visibleBefore(statement, guard.inputs()));
        if (anchor.isEmpty()) {
            return List.of();
        }
        Layout layout = new Layout(site);
        double fit = Anchors.loop(anchor.get()).isPresent() ? IN_LOOP : USUAL;
        return ReturnValues.at(site, guard).stream()
                .map(value -> new TemplateEdit(
                        "early-return",
                        List.of(layout.checkBefore(anchor.get(), guard.violated(), value.statement())),
                        fit * value.fit(),
                        "Leaves with `" + value.statement() + "` when `" + guard.violated() + "`: " + guard.reason()
                                + "."))
                .toList();
    }
}
