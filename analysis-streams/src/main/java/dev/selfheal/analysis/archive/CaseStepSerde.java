package dev.selfheal.analysis.archive;

import dev.selfheal.analysis.state.BinaryReader;
import dev.selfheal.analysis.state.BinarySerde;
import dev.selfheal.analysis.state.BinaryWriter;
import dev.selfheal.event.CaseState;
import java.time.Instant;

/** {@link CaseStep} on its way from the group's task to the service's. */
public final class CaseStepSerde extends BinarySerde<CaseStep> {

    public CaseStepSerde() {
        super("step of a case", 2);
    }

    @Override
    protected void write(CaseStep step, BinaryWriter out) {
        out.writeText(step.caseId());
        out.writeText(step.service());
        out.writeText(step.from().name());
        out.writeText(step.to().name());
        out.writeLong(step.at().toEpochMilli());
        out.writeLong(step.openedAt().toEpochMilli());
        writeTime(out, step.succeededAt());
        out.writeInt(step.attempt());
        out.writeInt(step.changedLines());
        out.writeLong(step.costMicroUsd());
        out.writeText(step.reason());
        out.writeBoolean(step.byPerson());
    }

    @Override
    protected CaseStep read(BinaryReader in) {
        return new CaseStep(
                in.readText(),
                in.readText(),
                CaseState.valueOf(in.readText()),
                CaseState.valueOf(in.readText()),
                Instant.ofEpochMilli(in.readLong()),
                Instant.ofEpochMilli(in.readLong()),
                readTime(in),
                in.readInt(),
                in.readInt(),
                in.readLong(),
                in.readText(),
                in.readBoolean());
    }
}
