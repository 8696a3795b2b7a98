package dev.selfheal.validation.quality;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.ConditionalExpr;
import com.github.javaparser.ast.stmt.CatchClause;
import com.github.javaparser.ast.stmt.DoStmt;
import com.github.javaparser.ast.stmt.ForEachStmt;
import com.github.javaparser.ast.stmt.ForStmt;
import com.github.javaparser.ast.stmt.IfStmt;
import com.github.javaparser.ast.stmt.SwitchEntry;
import com.github.javaparser.ast.stmt.WhileStmt;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How well a patched file reads, 0..10: 10 less what the patch made worse. Only the patch is judged, not the file it came
 * to. The points are in docs/quality.md.
 *
 * @param complexity points for branches beyond the first that a method gained
 * @param size points for lines beyond the first twenty
 * @param duplication points for lines that stand in the file already
 * @param naming points for names against the conventions
 * @param style points for the other remarks
 * @param remarks what naming and style rest on
 */
public record QualityScore(
        double complexity, double size, double duplication, double naming, double style, List<Remark> remarks) {

    private static final double PER_BRANCH = 0.5;
    private static final double PER_COMPLEX_METHOD = 1;
    private static final int COMPLEX = 15;
    private static final int FREE_LINES = 20;
    private static final double PER_LINE = 0.05;
    private static final double PER_DUPLICATE = 2;
    private static final int DUPLICATE_LINES = 4;
    private static final double PER_REMARK = 0.5;

    public QualityScore {
        remarks = List.copyOf(remarks);
    }

    /** Of a file the patch changed. */
    public record File(
            Optional<CompilationUnit> before, CompilationUnit after, List<String> lines, Set<Integer> fresh) {}

    public static QualityScore of(File file) {
        List<Remark> remarks = StyleRules.of(file.after(), file.lines(), file.fresh());
        long names = remarks.stream()
                .filter(remark -> remark.rule().equals(StyleRules.NAME))
                .count();
        return new QualityScore(
                complexity(file),
                Math.max(0, file.fresh().size() - FREE_LINES) * PER_LINE,
                duplicates(file) * PER_DUPLICATE,
                names * PER_REMARK,
                (remarks.size() - names) * PER_REMARK,
                remarks);
    }

    /** 0..10. */
    public double score() {
        return Math.max(0, 10 - complexity - size - duplication - naming - style);
    }

    private static double complexity(File file) {
        Map<String, Integer> before = new HashMap<>();
        file.before()
                .ifPresent(unit -> unit.findAll(CallableDeclaration.class)
                        .forEach(
                                method -> before.merge(method.getSignature().asString(), branches(method), Math::max)));
        double points = 0;
        for (CallableDeclaration<?> method : file.after().findAll(CallableDeclaration.class)) {
            int now = branches(method);
            int gained = now - before.getOrDefault(method.getSignature().asString(), 1);
            points += Math.max(0, gained - 1) * PER_BRANCH;
            points += gained > 0 && now > COMPLEX ? PER_COMPLEX_METHOD : 0;
        }
        return points;
    }

    /** McCabe's number. */
    private static int branches(CallableDeclaration<?> method) {
        return 1
                + method.findAll(IfStmt.class).size()
                + method.findAll(ConditionalExpr.class).size()
                + method.findAll(ForStmt.class).size()
                + method.findAll(ForEachStmt.class).size()
                + method.findAll(WhileStmt.class).size()
                + method.findAll(DoStmt.class).size()
                + method.findAll(CatchClause.class).size()
                + (int) method.findAll(SwitchEntry.class).stream()
                        .filter(entry -> !entry.getLabels().isEmpty())
                        .count()
                + (int) method.findAll(BinaryExpr.class).stream()
                        .filter(each -> each.getOperator() == BinaryExpr.Operator.AND
                                || each.getOperator() == BinaryExpr.Operator.OR)
                        .count();
    }

    /** Stretches of four telling lines, all of them new, that stand in the file elsewhere. */
    private static int duplicates(File file) {
        Map<String, Integer> stretches = new HashMap<>();
        for (int at = 0; at + DUPLICATE_LINES <= file.lines().size(); at++) {
            stretches.merge(stretch(file, at), 1, Integer::sum);
        }
        Set<String> repeated = new HashSet<>();
        for (int at = 0; at + DUPLICATE_LINES <= file.lines().size(); at++) {
            String stretch = stretch(file, at);
            if (isFresh(file, at) && isTelling(file, at) && stretches.get(stretch) > 1) {
                repeated.add(stretch);
            }
        }
        return repeated.size();
    }

    private static String stretch(File file, int at) {
        return file.lines().subList(at, at + DUPLICATE_LINES).stream()
                .map(String::strip)
                .reduce("", (one, next) -> one + "\n" + next);
    }

    private static boolean isFresh(File file, int at) {
        for (int line = at + 1; line <= at + DUPLICATE_LINES; line++) {
            if (!file.fresh().contains(line)) {
                return false;
            }
        }
        return true;
    }

    /** Braces and blanks repeat everywhere. */
    private static boolean isTelling(File file, int at) {
        return file.lines().subList(at, at + DUPLICATE_LINES).stream()
                        .filter(line -> line.strip().length() > 3)
                        .count()
                >= DUPLICATE_LINES - 1;
    }
}
