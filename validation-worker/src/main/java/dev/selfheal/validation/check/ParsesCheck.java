package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.Problem;
import com.github.javaparser.ast.CompilationUnit;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.edit.AppliedPatch.PatchedFile;
import dev.selfheal.validation.edit.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Is every patched file Java? A file whose base cannot be read either is left to the compiler, and to a person: what is
 * not read, or cannot be compared with what was there before, is not searched for risks either.
 */
public final class ParsesCheck implements Check {

    @Override
    public String name() {
        return "parses";
    }

    @Override
    public CheckReport run(Trial trial) {
        List<ParsedFile> parsed = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (PatchedFile file : trial.requireApplied().files().stream()
                .filter(PatchedFile::isJava)
                .toList()) {
            Optional<CompilationUnit> before =
                    file.before().map(ParsesCheck::parse).flatMap(Parsed::unit);
            Parsed after = parse(file.after());
            boolean unreadable = file.before().isPresent() && before.isEmpty();
            if (unreadable) {
                findings.add(unread(file.path()));
            }
            if (after.unit().isPresent()) {
                parsed.add(new ParsedFile(file, before, after.unit().get()));
            } else if (!unreadable) {
                return CheckReport.refuted(refusal(file.path(), after));
            }
        }
        trial.parsed(parsed);
        return CheckReport.of(findings, parsed.size() + " file(s) parsed");
    }

    /**
     * @param unit empty when the text is no Java the parser knows
     * @param why in one line; empty when there is a unit
     * @param line of the first problem, from 1; 0 when unknown
     */
    private record Parsed(Optional<CompilationUnit> unit, String why, int line) {}

    private static Finding unread(String path) {
        return finding(
                "SH-PARSE-UNREAD",
                FindingLevel.WARNING,
                path + " cannot be read before the patch: its risks are not known",
                path,
                0);
    }

    private static Finding refusal(String path, Parsed after) {
        return finding(
                "SH-PARSE", FindingLevel.ERROR, path + ":" + after.line() + ": " + after.why(), path, after.line());
    }

    /** The text as a syntax tree; empty when it is no Java the parser knows. */
    static Optional<CompilationUnit> unit(String text) {
        return parse(text).unit();
    }

    private static Parsed parse(SourceText text) {
        return parse(text.text());
    }

    private static Parsed parse(String text) {
        // Unicode escapes are decoded first, as javac does: they must not hide code from the risk check.
        ParserConfiguration configuration = new ParserConfiguration()
                .setLanguageLevel(LanguageLevel.RAW)
                .setPreprocessUnicodeEscapes(true)
                .setAttributeComments(false);
        try {
            ParseResult<CompilationUnit> result = new JavaParser(configuration).parse(text);
            return result.isSuccessful() && result.getResult().isPresent()
                    ? new Parsed(result.getResult(), "", 0)
                    : refused(result.getProblems());
        } catch (StackOverflowError e) {
            // The parser descends with the text's nesting, and whoever wrote the text chose how deep that is.
            return new Parsed(Optional.empty(), "nests too deeply to be read", 0);
        }
    }

    private static Parsed refused(List<Problem> problems) {
        Optional<Problem> first = problems.stream().findFirst();
        int line = first.flatMap(Problem::getLocation)
                .flatMap(range -> range.getBegin().getRange())
                .map(range -> range.begin.line)
                .orElse(0);
        String why = first.flatMap(problem -> problem.getMessage().lines().findFirst())
                .orElse("does not parse");
        return new Parsed(Optional.empty(), why, line);
    }
}
