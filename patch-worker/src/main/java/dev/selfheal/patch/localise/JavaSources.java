package dev.selfheal.patch.localise;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.body.BodyDeclaration;
import dev.selfheal.patch.edit.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Parses the files that are asked for, each once. Not thread-safe: one per request. */
public final class JavaSources {

    private final Path root;
    private final JavaParser parser;
    private final Map<String, Optional<ParsedSource>> parsed = new HashMap<>();

    public JavaSources(Path root) {
        this.root = root;
        // RAW accepts the syntax of every version: sources on old levels use `enum` or `_` as names.
        this.parser = new JavaParser(new ParserConfiguration().setLanguageLevel(LanguageLevel.RAW));
    }

    /**
     * A parsed file of the tree; empty when it does not parse, is nested too deeply to be parsed, or has line ends that cannot be kept (a lone CR).
     *
     * @throws UncheckedIOException when it cannot be read
     */
    public Optional<ParsedSource> get(String path) {
        return parsed.computeIfAbsent(path, this::parse);
    }

    /** True when the text is one well-formed member of a class: a method, a constructor, a field or a nested class. */
    public boolean parsesAsMember(String text) {
        ParseResult<BodyDeclaration<?>> result = parser.parseBodyDeclaration(text);
        return result.isSuccessful();
    }

    private Optional<ParsedSource> parse(String path) {
        SourceText text;
        try {
            text = SourceText.read(root, path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
        if (text.text().indexOf('\r') >= 0) {
            return Optional.empty();
        }
        try {
            ParseResult<CompilationUnit> result = parser.parse(text.text());
            return result.isSuccessful()
                    ? result.getResult().map(unit -> new ParsedSource(text, unit))
                    : Optional.empty();
        } catch (StackOverflowError e) { // the parser descends once per level of nesting, and the text is a stranger's
            return Optional.empty();
        }
    }
}
