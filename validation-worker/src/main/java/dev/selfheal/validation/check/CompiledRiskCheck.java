package dev.selfheal.validation.check;

import dev.selfheal.event.Finding;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.ClassFile;
import dev.selfheal.validation.risk.BytecodeUses;
import dev.selfheal.validation.risk.RiskDelta;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The risk question again, asked of the class files that are about to run: there names cannot lie. */
public final class CompiledRiskCheck implements Check {

    @Override
    public String name() {
        return "risk-compiled";
    }

    @Override
    public CheckReport run(Trial trial) {
        Baseline baseline = trial.job().baseline();
        List<Finding> findings = new ArrayList<>();
        trial.classes().forEach((module, classes) -> {
            List<ClassFile> after =
                    classes.values().stream().map(CompiledRiskCheck::parse).toList();
            List<ClassFile> before = after.stream()
                    .flatMap(file -> baseline.indexes(module)
                            .main()
                            .all()
                            .filter(old -> old.topLevel().equals(file.topLevel())))
                    .distinct()
                    .toList();
            BytecodeUses.introduced(before, after, baseline::isInApp)
                    .forEach(use -> findings.add(RiskDelta.finding(use, "")));
        });
        return CheckReport.of(findings, "the class files reach for nothing risky that is new");
    }

    private static ClassFile parse(byte[] bytes) {
        try {
            return ClassFile.parse(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("javac wrote a class file that cannot be read", e);
        }
    }
}
