package dev.selfheal.patch.template;

import com.github.javaparser.ast.expr.Expression;
import dev.selfheal.patch.localise.FaultSite;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Keeps an index inside the bounds of what it indexes. */
public final class BoundsGuard implements FixTemplate {

    private static final double VIOLATION_SHOWN = 1.0;
    private static final double LENGTH_SHOWN = 0.7;
    private static final double VIOLATION_GUESSED = 0.5;

    /** Above this an observed length is a coincidence rather than a minimum that was overlooked. */
    private static final int LONGEST_OVERLOOKED = 3;

    @Override
    public String id() {
        return "bounds-guard";
    }

    @Override
    public String displayName() {
        return "Bounds guard";
    }

    @Override
    public String description() {
        return "Checks the index, or the length of what is indexed, before arrays, strings and lists are accessed. The"
                + " numbers in the message tell which bound was violated.";
    }

    @Override
    public Set<String> exceptionTypes() {
        return Set.of(
                "java.lang.IndexOutOfBoundsException",
                "java.lang.ArrayIndexOutOfBoundsException",
                "java.lang.StringIndexOutOfBoundsException");
    }

    @Override
    public List<TemplateEdit> propose(FaultSite site, ErrorInfo error) {
        BoundsMessage message = BoundsMessage.parse(error.message());
        List<Guard> guards = accesses(site).stream()
                .flatMap(access -> guards(site, access, message).stream())
                .toList();
        return Placements.place(site, guards);
    }

    static List<IndexedAccess> accesses(FaultSite site) {
        return site.expressions().stream()
                .flatMap(expression -> IndexedAccess.of(expression, site).stream())
                .filter(access -> site.callee().isEmpty() == access.access().isArrayAccessExpr())
                .filter(access -> site.callee()
                        .filter(callee -> !access.access()
                                .asMethodCallExpr()
                                .getNameAsString()
                                .equals(callee.method()))
                        .isEmpty())
                .toList();
    }

    private static List<Guard> guards(FaultSite site, IndexedAccess access, BoundsMessage message) {
        List<Guard> guards = new ArrayList<>();
        if (message.empty()) {
            guards.add(onContainer(access, access.isEmpty(), access.isNotEmpty(), VIOLATION_SHOWN));
        } else if (message.length().isPresent() && message.length().getAsInt() <= LONGEST_OVERLOOKED) {
            int length = message.length().getAsInt();
            guards.add(
                    onContainer(access, access.size() + " <= " + length, access.size() + " > " + length, LENGTH_SHOWN));
        }
        guards.addAll(access.indexes().size() == 2 ? range(site, access, message) : index(site, access, message));
        return guards;
    }

    private static List<Guard> index(FaultSite site, IndexedAccess access, BoundsMessage message) {
        Expression index = access.indexes().get(0);
        String text = Expressions.operand(index, site.textOf(index));
        if (index.isIntegerLiteralExpr()) {
            return List.of(onContainer(access, access.size() + " <= " + text, access.size() + " > " + text, 0.9));
        }
        // substring(n) accepts n == length
        String beyond = access.access().isMethodCallExpr()
                        && access.access().asMethodCallExpr().getNameAsString().startsWith("sub")
                ? " > "
                : " >= ";
        String within = beyond.equals(" > ") ? " <= " : " < ";
        Guard low = onIndex(access, text + " < 0", text + " >= 0", List.of(index));
        Guard high = onIndex(
                access,
                text + beyond + access.size(),
                text + within + access.size(),
                List.of(index, access.container()));
        if (message.begin().isEmpty()) {
            return List.of(scaled(high, VIOLATION_GUESSED), scaled(low, VIOLATION_GUESSED * 0.8));
        }
        return List.of(message.begin().getAsInt() < 0 ? low : high);
    }

    private static List<Guard> range(FaultSite site, IndexedAccess access, BoundsMessage message) {
        Expression from = access.indexes().get(0);
        Expression to = access.indexes().get(1);
        String begin = site.textOf(from);
        String end = site.textOf(to);
        Guard crossed = onIndex(access, begin + " > " + end, begin + " <= " + end, List.of(from, to));
        Guard low = onIndex(access, begin + " < 0", begin + " >= 0", List.of(from));
        Guard high = onIndex(
                access, end + " > " + access.size(), end + " <= " + access.size(), List.of(to, access.container()));
        if (message.end().isEmpty() || message.begin().isEmpty()) {
            return List.of(
                    scaled(crossed, VIOLATION_GUESSED),
                    scaled(high, VIOLATION_GUESSED),
                    scaled(low, VIOLATION_GUESSED));
        }
        int first = message.begin().getAsInt();
        if (first < 0) {
            return List.of(low);
        }
        return List.of(first > message.end().getAsInt() ? crossed : high);
    }

    private static Guard onContainer(IndexedAccess access, String violated, String safe, double match) {
        return new Guard(
                access.access(),
                violated,
                safe,
                List.of(access.container()),
                match,
                "`" + access.container() + "` can be too short");
    }

    private static Guard onIndex(IndexedAccess access, String violated, String safe, List<Expression> inputs) {
        return new Guard(access.access(), violated, safe, inputs, VIOLATION_SHOWN, "the index can be out of bounds");
    }

    private static Guard scaled(Guard guard, double factor) {
        return new Guard(
                guard.faulting(),
                guard.violated(),
                guard.safe(),
                guard.inputs(),
                guard.match() * factor,
                guard.reason());
    }
}
