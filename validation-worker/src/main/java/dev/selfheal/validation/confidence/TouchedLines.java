package dev.selfheal.validation.confidence;

import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.FileEdit;
import dev.selfheal.event.Hunk;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.SuspectLocation;
import java.util.List;

/** Where a candidate changes the base, held against the suspects and against other candidates. Pure. */
final class TouchedLines {

    /** A fix stands at, or a few lines around, the line that threw. */
    private static final int NEARBY = 3;

    private static final double SAME_METHOD_UNKNOWN_LINE = 0.8;
    private static final double SAME_FILE = 0.5;

    private TouchedLines() {}

    /** 1 when it touches the place most suspected, less for lesser suspects and for other lines of the same file. */
    static double localisation(CandidatePatch candidate, List<SuspectLocation> suspects) {
        double most =
                suspects.stream().mapToDouble(SuspectLocation::getScore).max().orElse(0);
        if (!(most > 0)) {
            return Factors.NEUTRAL;
        }
        return suspects.stream()
                .mapToDouble(suspect -> Math.max(0, suspect.getScore()) / most * nearness(candidate, suspect))
                .max()
                .orElse(0);
    }

    /** 0.5 for one alone; each proposer of another origin that changes the same lines halves the distance to 1. */
    static double agreement(CandidatePatch candidate, PatchProposal proposal) {
        long others = proposal.getCandidates().stream()
                .filter(other -> !other.getOrigin().equals(candidate.getOrigin()))
                .filter(other -> overlap(candidate, other))
                .map(CandidatePatch::getOrigin)
                .distinct()
                .count();
        return 1 - Math.pow(0.5, others + 1.0);
    }

    private static double nearness(CandidatePatch candidate, SuspectLocation suspect) {
        return candidate.getEdits().stream()
                .filter(edit -> edit.getPath().equals(suspect.getPath()))
                .mapToDouble(edit -> nearness(edit, suspect.getLine()))
                .max()
                .orElse(0);
    }

    private static double nearness(FileEdit edit, int line) {
        if (line <= 0) {
            return SAME_METHOD_UNKNOWN_LINE;
        }
        boolean near = edit.getHunks().stream()
                .anyMatch(hunk -> line >= hunk.getStartLine() - NEARBY && line <= lastLine(hunk) + NEARBY);
        return near ? 1 : SAME_FILE;
    }

    private static boolean overlap(CandidatePatch one, CandidatePatch other) {
        return one.getEdits().stream().anyMatch(edit -> other.getEdits().stream()
                .filter(theirs -> theirs.getPath().equals(edit.getPath()))
                .anyMatch(theirs -> overlap(edit, theirs)));
    }

    private static boolean overlap(FileEdit one, FileEdit other) {
        return one.getHunks().stream().anyMatch(hunk -> other.getHunks().stream()
                .anyMatch(theirs ->
                        hunk.getStartLine() <= lastLine(theirs) && theirs.getStartLine() <= lastLine(hunk)));
    }

    private static int lastLine(Hunk hunk) {
        return hunk.getStartLine() + Math.max(1, hunk.getBefore().size()) - 1;
    }
}
