package dev.selfheal.validation.check;

import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
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
            findings.addAll(of(parsed, delta));
        }
        return CheckReport.of(findings, "nothing risky is new");
    }

    private static List<Finding> of(ParsedFile parsed, RiskDelta delta) {
        String path = parsed.file().path();
        try {
            return delta.of(
                    parsed.before(),
                    parsed.after(),
                    parsed.file().before().map(SourceText::lines).orElse(List.of()),
                    parsed.file().after().lines(),
                    path);
        } catch (StackOverflowError e) {
            // Chains are read in a loop and walked in depth: a text may parse and still be too deep here.
            return List.of(CheckReport.finding(
                    "SH-RISK-DEPTH", FindingLevel.ERROR, path + " nests too deeply to be searched", path, 0));
        }
    }
}
