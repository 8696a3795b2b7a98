package dev.selfheal.analysis.archive;

import dev.selfheal.analysis.state.BinarySerde;
import dev.selfheal.event.CaseState;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;

/** {@link CaseStep} on its way from the group's task to the service's. */
public final class CaseStepSerde extends BinarySerde<CaseStep> {

    public CaseStepSerde() {
        super("step of a case", 1);
    }

    @Override
    protected void write(CaseStep step, DataOutputStream out) throws IOException {
        out.writeUTF(step.caseId());
        out.writeUTF(step.service());
        out.writeUTF(step.from().name());
        out.writeUTF(step.to().name());
        out.writeLong(step.at().toEpochMilli());
        out.writeLong(step.openedAt().toEpochMilli());
        writeTime(out, step.succeededAt());
        out.writeInt(step.attempt());
        out.writeInt(step.changedLines());
        out.writeLong(step.costMicroUsd());
        out.writeUTF(step.reason());
        out.writeBoolean(step.byPerson());
    }

    @Override
    protected CaseStep read(DataInputStream in) throws IOException {
        return new CaseStep(
                in.readUTF(),
                in.readUTF(),
                CaseState.valueOf(in.readUTF()),
                CaseState.valueOf(in.readUTF()),
                Instant.ofEpochMilli(in.readLong()),
                Instant.ofEpochMilli(in.readLong()),
                readTime(in),
                in.readInt(),
                in.readInt(),
                in.readLong(),
                in.readUTF(),
                in.readBoolean());
    }
}
