package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.Problem;
import com.github.javaparser.ast.CompilationUnit;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.edit.AppliedPatch.PatchedFile;
import dev.selfheal.validation.edit.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Is every patched file Java? A file whose base does not parse either is left to the compiler. */
public final class ParsesCheck implements Check {

    @Override
    public String name() {
        return "parses";
    }

    @Override
    public CheckReport run(Trial trial) {
        List<ParsedFile> parsed = new ArrayList<>();
        int unknown = 0;
        for (PatchedFile file : trial.requireApplied().files()) {
            Optional<CompilationUnit> before = file.before()
                    .map(ParsesCheck::parse)
                    .filter(ParseResult::isSuccessful)
                    .flatMap(ParseResult::getResult);
            ParseResult<CompilationUnit> after = parse(file.after());
            if (after.isSuccessful() && after.getResult().isPresent()) {
                parsed.add(new ParsedFile(file, before, after.getResult().get()));
            } else if (file.before().isPresent() && before.isEmpty()) {
                unknown++;
            } else {
                return refuse(file.path(), after.getProblems());
            }
        }
        trial.parsed(parsed);
        return CheckReport.passed(
                unknown == 0
                        ? parsed.size() + " file(s) parsed"
                        : unknown + " file(s) beyond the parser, left to javac");
    }

    private static CheckReport refuse(String path, List<Problem> problems) {
        Problem first = problems.get(0);
        int line = first.getLocation()
                .flatMap(range -> range.getBegin().getRange())
                .map(range -> range.begin.line)
                .orElse(0);
        String message = first.getMessage().lines().findFirst().orElse("does not parse");
        return CheckReport.refuted(
                finding("SH-PARSE", FindingLevel.ERROR, path + ":" + line + ": " + message, path, line));
    }

    static ParseResult<CompilationUnit> parse(SourceText text) {
        // Unicode escapes are decoded first, as javac does: they must not hide code from the risk check.
        ParserConfiguration configuration = new ParserConfiguration()
                .setLanguageLevel(LanguageLevel.RAW)
                .setPreprocessUnicodeEscapes(true)
                .setAttributeComments(false);
        return new JavaParser(configuration).parse(text.text());
    }
}
