package dev.selfheal.standalone.corpus;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The known cases, best for a demonstration first. Immutable. */
public final class Corpus {

    private static final String RESOURCE = "/corpus/cases.json";

    private final List<CorpusCase> cases;

    private Corpus(List<CorpusCase> cases) {
        this.cases = List.copyOf(cases);
    }

    public static Corpus load() {
        try (InputStream in = Corpus.class.getResourceAsStream(RESOURCE)) {
            return new Corpus(List.of(new ObjectMapper().readValue(in, CorpusCase[].class)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    public List<CorpusCase> cases() {
        return cases;
    }

    public Optional<CorpusCase> find(String id) {
        return cases.stream().filter(c -> c.id().equals(id)).findFirst();
    }
}
