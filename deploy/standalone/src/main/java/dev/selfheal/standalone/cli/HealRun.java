package dev.selfheal.standalone.cli;

import dev.selfheal.event.PatchVerdict;
import dev.selfheal.standalone.cli.Terminal.Style;
import dev.selfheal.standalone.heal.CannotHealException;
import dev.selfheal.standalone.heal.HealingSession;
import dev.selfheal.standalone.heal.HealingTask;
import dev.selfheal.standalone.heal.Reproducer;
import dev.selfheal.standalone.loop.HealingOutcome;
import dev.selfheal.standalone.report.HealingReport;
import java.io.IOException;
import java.time.Clock;

/** One healing as people see it: live on the terminal, ending with the diff and the result. */
final class HealRun {

    private final RunningStack running;
    private final Timeline timeline;
    private final Terminal terminal;

    HealRun(RunningStack running, Timeline timeline, Terminal terminal) {
        this.running = running;
        this.timeline = timeline;
        this.terminal = terminal;
    }

    HealingSession.Result heal(HealingTask task) throws CommandFailure, InterruptedException {
        HealingSession session = new HealingSession(
                running,
                new Reproducer(running.workbench()),
                new LoopView(timeline, terminal),
                timeline,
                Clock.systemUTC());
        HealingSession.Result result;
        try {
            result = session.heal(task);
        } catch (CannotHealException e) {
            throw CommandFailure.failure(e.getMessage(), e);
        } catch (IOException e) {
            throw CommandFailure.failure("the error cannot be sent: " + e.getMessage(), e);
        }
        timeline.took("total", timeline.elapsed());
        result.history().verdict().map(PatchVerdict::getDiff).ifPresent(terminal::diff);
        HealingOutcome outcome = result.outcome();
        timeline.step(
                outcome == HealingOutcome.APPROVED ? Style.GREEN : Style.YELLOW,
                "result",
                outcome + ": " + HealingReport.reason(outcome, result.history()));
        return result;
    }
}
