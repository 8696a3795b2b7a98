package dev.selfheal.analysis.confidence;

import dev.selfheal.analysis.confidence.CaseOutcome.Kind;
import dev.selfheal.analysis.state.BinarySerde;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Outcomes, oldest first, as about 100 bytes each; the first byte is the version. One alone is a list of one. */
public final class CaseOutcomeSerde extends BinarySerde<List<CaseOutcome>> {

    private static final int VERSION = 1;

    public CaseOutcomeSerde() {
        super("outcomes of cases", VERSION);
    }

    @Override
    protected void write(List<CaseOutcome> outcomes, DataOutputStream out) throws IOException {
        out.writeInt(outcomes.size());
        for (CaseOutcome outcome : outcomes) {
            out.writeUTF(outcome.caseId());
            out.writeInt(outcome.attempt());
            out.writeUTF(outcome.provider());
            out.writeUTF(outcome.errorType());
            out.writeDouble(outcome.rawConfidence());
            out.writeDouble(outcome.confidence());
            out.writeUTF(outcome.kind().name());
        }
    }

    @Override
    protected List<CaseOutcome> read(DataInputStream in) throws IOException {
        List<CaseOutcome> outcomes = new ArrayList<>();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            outcomes.add(new CaseOutcome(
                    in.readUTF(),
                    in.readInt(),
                    in.readUTF(),
                    in.readUTF(),
                    in.readDouble(),
                    in.readDouble(),
                    Kind.valueOf(in.readUTF())));
        }
        return outcomes;
    }
}
