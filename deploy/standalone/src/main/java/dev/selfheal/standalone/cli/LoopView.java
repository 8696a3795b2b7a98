package dev.selfheal.standalone.cli;

import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.CaseTransition;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.ProposalOutcome;
import dev.selfheal.event.SecurityIncident;
import dev.selfheal.event.StackFrame;
import dev.selfheal.event.TrendState;
import dev.selfheal.event.VerdictKind;
import dev.selfheal.standalone.cli.Terminal.Style;
import dev.selfheal.standalone.loop.LoopListener;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Shows people what happens to an error while it happens. */
final class LoopView implements LoopListener {

    private static final int MESSAGE_WIDTH = 110;
    private static final int REFUTED_SHOWN = 6;

    private final Timeline timeline;
    private final Terminal terminal;
    private boolean errorShown;
    private TrendState trendShown = TrendState.UNKNOWN;
    private CaseState stateShown = CaseState.UNKNOWN;

    LoopView(Timeline timeline, Terminal terminal) {
        this.timeline = timeline;
        this.terminal = terminal;
    }

    @Override
    public void errorSeen(String topic, ErrorEvent event) {
        if (errorShown) {
            return;
        }
        errorShown = true;
        ExceptionInfo root = event.getExceptions().get(event.getExceptions().size() - 1);
        timeline.step(
                Style.RED,
                "error",
                simpleName(root.getType())
                        + root.getMessage().map(m -> ": " + shorten(m)).orElse("")
                        + on(topic));
        root.getFrames().stream()
                .filter(StackFrame::getInApp)
                .findFirst()
                .ifPresent(frame -> timeline.detail(
                        "at " + frame.getModule() + "." + frame.getFunction() + " (line " + frame.getLine() + ")"));
        timeline.detail("group " + event.getGroup());
    }

    @Override
    public void trendSeen(String topic, ErrorTrend trend) {
        if (trend.getState() == trendShown) {
            return;
        }
        trendShown = trend.getState();
        timeline.step(
                Style.PLAIN,
                "trend",
                String.format(
                        Locale.ROOT,
                        "%s, %d in this window (%.1f/min)%s",
                        trend.getState(),
                        trend.getCount(),
                        trend.getRatePerMinute(),
                        on(topic)));
    }

    @Override
    public void requestSeen(String topic, HealingRequest request) {
        timeline.step(
                Style.CYAN,
                "request",
                request.getCaseId() + ", attempt " + request.getAttempt() + " of " + request.getMaxAttempts()
                        + on(topic));
    }

    @Override
    public void proposalSeen(String topic, PatchProposal proposal) {
        if (proposal.getOutcome() != ProposalOutcome.PROPOSED) {
            timeline.step(
                    Style.YELLOW, "proposal", "none: " + proposal.getReason().orElse("no reason given") + on(topic));
            return;
        }
        List<CandidatePatch> candidates = proposal.getCandidates();
        Map<String, Long> byOrigin = candidates.stream()
                .collect(Collectors.groupingBy(c -> c.getOrigin().getName(), TreeMap::new, Collectors.counting()));
        String origins = byOrigin.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey())
                .collect(Collectors.joining(", "));
        timeline.step(
                Style.CYAN,
                "proposal",
                candidates.size() + (candidates.size() == 1 ? " candidate (" : " candidates (") + origins + ")"
                        + on(topic));
    }

    @Override
    public void verdictSeen(String topic, PatchVerdict verdict) {
        showRefuted(verdict);
        verdict.getCandidate()
                .ifPresent(candidate -> timeline.step(
                        Style.PLAIN, "candidate", candidate.getOrigin().getName() + ": " + candidate.getExplanation()));
        verdict.getChecks().forEach(this::showCheck);
        timeline.step(
                verdict.getVerdict() == VerdictKind.APPROVED ? Style.GREEN : Style.YELLOW,
                "verdict",
                terminal.paint(Style.BOLD, verdict.getVerdict().name()) + ": " + verdict.getReason() + on(topic));
    }

    @Override
    public void caseSeen(String topic, HealingCase healingCase) {
        if (healingCase.getState() == stateShown) {
            return;
        }
        stateShown = healingCase.getState();
        List<CaseTransition> history = healingCase.getHistory();
        String reason =
                history.isEmpty() ? "" : ": " + history.get(history.size() - 1).getReason();
        timeline.step(Style.DIM, "case", stateShown + shorten(reason) + on(topic));
    }

    @Override
    public void incidentSeen(String topic, SecurityIncident incident) {
        timeline.step(
                Style.RED, "incident", incident.getRule() + ": " + shorten(incident.getDescription()) + on(topic));
    }

    private void showRefuted(PatchVerdict verdict) {
        int count = verdict.getRefuted().size();
        verdict.getRefuted().stream()
                .limit(REFUTED_SHOWN)
                .forEach(refuted -> timeline.step(
                        Style.DIM,
                        "refuted",
                        refuted.getOrigin().getName() + " by " + refuted.getCheck() + ": "
                                + shorten(refuted.getReason())));
        if (count > REFUTED_SHOWN) {
            timeline.detail("and " + (count - REFUTED_SHOWN) + " more");
        }
    }

    private void showCheck(CheckResult check) {
        boolean passed = check.getOutcome() == CheckOutcome.PASSED;
        Style style = passed ? Style.GREEN : check.getOutcome() == CheckOutcome.SKIPPED ? Style.DIM : Style.RED;
        String mark = passed ? "ok" : check.getOutcome().name().toLowerCase(Locale.ROOT);
        timeline.detail(terminal.paint(style, String.format(Locale.ROOT, "%-8s", mark))
                + String.format(Locale.ROOT, "%-18s %6d ms  ", check.getName(), check.getDurationMs())
                + shorten(check.getSummary()));
    }

    private String on(String topic) {
        return terminal.paint(Style.DIM, "  → " + topic);
    }

    private static String simpleName(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    private static String shorten(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= MESSAGE_WIDTH ? line : line.substring(0, MESSAGE_WIDTH - 1) + "…";
    }
}
