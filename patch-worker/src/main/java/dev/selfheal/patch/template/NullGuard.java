package dev.selfheal.patch.template;

import dev.selfheal.patch.localise.FaultSite;
import java.util.List;
import java.util.Set;

/** Keeps a null value from being dereferenced. */
public final class NullGuard implements FixTemplate {

    @Override
    public String id() {
        return "null-guard";
    }

    @Override
    public String displayName() {
        return "Null guard";
    }

    @Override
    public String description() {
        return "Checks the expression that was null before it is used. The JDK's helpful message tells which one it was;"
                + " without it, every value the line dereferences is a suspect. For a null check in called code"
                + " (`Objects.requireNonNull`, a JDK method), the arguments of the call are.";
    }

    @Override
    public Set<String> exceptionTypes() {
        return Set.of("java.lang.NullPointerException");
    }

    @Override
    public List<TemplateEdit> propose(FaultSite site, ErrorInfo error) {
        List<Guard> guards = NullSuspects.at(site, error).stream()
                .map(suspect -> guard(site, suspect))
                .toList();
        return Placements.place(site, guards);
    }

    private static Guard guard(FaultSite site, NullSuspect suspect) {
        String text = Expressions.operand(suspect.value(), site.textOf(suspect.value()));
        return new Guard(
                suspect.user(),
                text + " == null",
                text + " != null",
                List.of(suspect.value()),
                suspect.match(),
                "`" + text + "` can be null");
    }
}
