package dev.selfheal.analysis.confidence;

import dev.selfheal.analysis.confidence.CaseOutcome.Kind;
import dev.selfheal.analysis.state.BinaryReader;
import dev.selfheal.analysis.state.BinarySerde;
import dev.selfheal.analysis.state.BinaryWriter;
import java.util.ArrayList;
import java.util.List;

/** Outcomes, oldest first, as about 100 bytes each; the first byte is the version. One alone is a list of one. */
public final class CaseOutcomeSerde extends BinarySerde<List<CaseOutcome>> {

    private static final int VERSION = 2;

    public CaseOutcomeSerde() {
        super("outcomes of cases", VERSION);
    }

    @Override
    protected void write(List<CaseOutcome> outcomes, BinaryWriter out) {
        out.writeInt(outcomes.size());
        for (CaseOutcome outcome : outcomes) {
            out.writeText(outcome.caseId());
            out.writeInt(outcome.attempt());
            out.writeText(outcome.provider());
            out.writeText(outcome.errorType());
            out.writeDouble(outcome.rawConfidence());
            out.writeDouble(outcome.confidence());
            out.writeText(outcome.kind().name());
        }
    }

    @Override
    protected List<CaseOutcome> read(BinaryReader in) {
        List<CaseOutcome> outcomes = new ArrayList<>();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            outcomes.add(new CaseOutcome(
                    in.readText(),
                    in.readInt(),
                    in.readText(),
                    in.readText(),
                    in.readDouble(),
                    in.readDouble(),
                    Kind.valueOf(in.readText())));
        }
        return outcomes;
    }
}
