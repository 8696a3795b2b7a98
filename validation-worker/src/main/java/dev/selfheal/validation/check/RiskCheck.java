package dev.selfheal.validation.check;

import dev.selfheal.event.Finding;
import dev.selfheal.validation.edit.SourceText;
import dev.selfheal.validation.risk.RiskDelta;
import java.util.ArrayList;
import java.util.List;

/** Does the patch newly dare something a fix seldom needs? Read off the syntax trees, before anything is run. */
public final class RiskCheck implements Check {

    @Override
    public String name() {
        return "risk";
    }

    @Override
    public CheckReport run(Trial trial) {
        RiskDelta delta = new RiskDelta(trial.job().baseline()::isInApp);
        List<Finding> findings = new ArrayList<>();
        for (ParsedFile parsed : trial.parsed()) {
            findings.addAll(delta.of(
                    parsed.before(),
                    parsed.after(),
                    parsed.file().before().map(SourceText::lines).orElse(List.of()),
                    parsed.file().after().lines(),
                    parsed.file().path()));
        }
        return CheckReport.of(findings, "nothing risky is new");
    }
}
