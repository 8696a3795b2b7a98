package dev.selfheal.analysis.classification;

import dev.selfheal.analysis.Samples;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.ServiceTrend;
import dev.selfheal.event.StackFrame;
import dev.selfheal.event.TrendState;
import java.util.List;

/** Errors and services to be classified. */
final class Errors {

    static final StackFrame OWN = frame("org.example.Cart", true);
    static final StackFrame LIBRARY = frame("com.google.common.base.Preconditions", false);

    private Errors() {}

    static ErrorEvent.Builder of(ExceptionInfo... chain) {
        return Samples.error("e", Samples.START).setExceptions(List.of(chain));
    }

    static ExceptionInfo thrown(String type, String message, StackFrame... frames) {
        return ExceptionInfo.newBuilder()
                .setType(type)
                .setMessage(message.isEmpty() ? null : message)
                .setFrames(List.of(frames))
                .build();
    }

    static StackFrame frame(String module, boolean inApp) {
        return StackFrame.newBuilder()
                .setModule(module)
                .setFunction("run")
                .setInApp(inApp)
                .build();
    }

    static ServiceTrend.Builder service(TrendState state, int active, int rising, int fresh) {
        return ServiceTrend.newBuilder()
                .setService(Samples.SERVICE)
                .setWindowStart(Samples.START)
                .setWindowEnd(Samples.START.plusSeconds(60))
                .setCount(100)
                .setActiveGroups(active)
                .setRisingGroups(rising)
                .setNewGroups(fresh)
                .setState(state);
    }
}
