package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.intake.IncomingError;
import dev.selfheal.analysis.trend.MinuteCounts;
import dev.selfheal.event.Deployment;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ErrorHead;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.RegressionSuspicion;
import dev.selfheal.event.Reproduction;
import dev.selfheal.event.ReviewDecision;
import java.time.Instant;

/** Something that may move a healing case. */
public sealed interface CaseInput {

    /** When it happened, by the clock of the service that says so. */
    Instant at();

    /** Id of the record that says so, for the case's history. */
    String cause();

    /**
     * @param recent errors of the group per minute, this one included
     */
    record ErrorSeen(IncomingError error, ErrorTrend trend, MinuteCounts recent) implements CaseInput {

        /** The whole error: costs more than all else about one that opens no case. */
        ErrorEvent event() {
            return error.event();
        }

        /** Without reading the whole. */
        ErrorHead head() {
            return error.head();
        }

        /** How often the group has been seen, this error included. */
        Sighting sighting() {
            return new Sighting(trend, recent, head().getReproduction().map(Reproduction::getSelector));
        }

        @Override
        public Instant at() {
            return head().getReceivedAt();
        }

        @Override
        public String cause() {
            return head().getEventId();
        }
    }

    /**
     * @param at when it was published
     */
    record ProposalArrived(PatchProposal proposal, Instant at) implements CaseInput {

        @Override
        public String cause() {
            return proposal.getProposalId();
        }
    }

    /**
     * @param at when it was published
     */
    record VerdictArrived(PatchVerdict verdict, Instant at) implements CaseInput {

        @Override
        public String cause() {
            return verdict.getVerdictId();
        }
    }

    record ReviewDecided(ReviewDecision review) implements CaseInput {
        @Override
        public Instant at() {
            return review.getDecidedAt();
        }

        @Override
        public String cause() {
            return "review:" + review.getCaseId() + ":" + review.getDecidedAt().toEpochMilli();
        }
    }

    record DeploymentReported(Deployment deployment) implements CaseInput {
        @Override
        public Instant at() {
            return deployment.getAt();
        }

        @Override
        public String cause() {
            return deployment.getDeploymentId();
        }
    }

    /** A new group or the whole service speaks against a deployed patch. */
    record SuspicionRaised(RegressionSuspicion suspicion) implements CaseInput {
        @Override
        public Instant at() {
            return suspicion.getAt();
        }

        @Override
        public String cause() {
            return "suspicion:" + suspicion.getCaseId();
        }
    }

    /**
     * Time has moved on.
     *
     * @param at the time it is now
     */
    record TimePassed(Instant at) implements CaseInput {
        @Override
        public String cause() {
            return "deadline";
        }
    }
}
