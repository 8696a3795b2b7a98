package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.CheckPolicy;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.quality.QualityScore;
import dev.selfheal.validation.quality.Remark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Does the patch read well? The lowest score of its files, from 0 to 10, stands in the evidence; below the policy's minimum
 * a person looks. Remarks on the lines it brings in are findings of the level the policy gives them, where the project has no
 * rules of its own. Reads only.
 */
public final class QualityCheck implements Check {

    @Override
    public String name() {
        return "quality";
    }

    @Override
    public CheckReport run(Trial trial) {
        CheckPolicy policy = trial.job().policy().getChecks();
        List<Finding> findings = new ArrayList<>();
        Optional<Double> lowest = Optional.empty();
        for (ParsedFile parsed : trial.parsed()) {
            QualityScore score = QualityScore.of(new QualityScore.File(
                    parsed.before(), parsed.after(), parsed.file().after().lines(), parsed.changedLines()));
            lowest = Optional.of(Math.min(score.score(), lowest.orElse(score.score())));
            for (Remark remark : trial.ownStyle() ? List.<Remark>of() : score.remarks()) {
                String path = parsed.file().path();
                String message = path + ":" + remark.line() + " " + remark.what();
                Consequences.level(policy.getLint())
                        .ifPresent(level -> findings.add(finding(remark.rule(), level, message, path, remark.line())));
            }
        }
        if (lowest.isEmpty()) {
            return CheckReport.skipped("no file could be read as Java");
        }
        trial.quality(lowest.get());
        String summary = String.format(Locale.ROOT, "quality %.1f of 10", lowest.get());
        if (lowest.get() < policy.getMinimumQuality()) {
            findings.add(0, finding("SH-QUALITY", FindingLevel.WARNING, summary));
        }
        return CheckReport.of(findings, summary);
    }
}
