package dev.selfheal.patch.edit;

import dev.selfheal.event.FileEdit;
import dev.selfheal.patch.edit.BlockLocator.Replacement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the edits in a model's reply: search/replace blocks, or else a unified diff.
 *
 * <p>All or nothing, and never a guess: what cannot be placed for certain makes the reply {@link Reading.Unusable}. The
 * edits that come out match the source tree exactly. Thread-safe.
 */
public final class EditParser {

    private EditParser() {}

    /**
     * @param sourceTree root of the exported repository, which the reply's paths are relative to
     */
    public static Reading read(Path sourceTree, String reply) {
        List<String> lines = SourceText.toLines(reply);
        try {
            List<Draft> drafts = drafts(lines);
            SourceTree tree = new SourceTree(sourceTree);
            Map<String, List<Draft>> byFile = new LinkedHashMap<>();
            for (Draft draft : drafts) {
                byFile.computeIfAbsent(normalised(draft.path()), path -> new ArrayList<>())
                        .add(draft);
            }
            List<FileEdit> edits = new ArrayList<>();
            for (Map.Entry<String, List<Draft>> file : byFile.entrySet()) {
                edits.add(edit(file.getKey(), file.getValue(), tree.find(file.getKey())));
            }
            return new Reading.Edits(edits);
        } catch (UnusableReplyException e) {
            return new Reading.Unusable(e.getMessage());
        }
    }

    private static List<Draft> drafts(List<String> lines) throws UnusableReplyException {
        List<Draft> drafts = List.of();
        if (SearchReplaceReader.isIn(lines)) {
            drafts = SearchReplaceReader.read(lines);
        } else if (UnifiedDiffReader.isIn(lines)) {
            drafts = UnifiedDiffReader.read(lines);
        }
        if (drafts.isEmpty()) {
            throw new UnusableReplyException("the reply has no edit block");
        }
        return drafts;
    }

    private static String normalised(String path) throws UnusableReplyException {
        return RepositoryPath.normalise(path)
                .orElseThrow(() -> new UnusableReplyException("not a path inside the repository: " + path));
    }

    private static FileEdit edit(String path, List<Draft> drafts, Optional<SourceText> source)
            throws UnusableReplyException {
        Draft first = drafts.get(0);
        boolean mixed = drafts.stream().anyMatch(draft -> draft.action() != first.action());
        if (mixed || (first.action() != Draft.Action.CHANGE && drafts.size() > 1)) {
            throw new UnusableReplyException(path + " is edited in ways that do not go together");
        }
        if (first.action() == Draft.Action.CREATE) {
            return creation(path, first, source);
        }
        SourceText original = source.orElseThrow(() -> new UnusableReplyException("there is no file " + path));
        return first.action() == Draft.Action.DELETE ? deletion(original) : change(original, drafts);
    }

    private static FileEdit creation(String path, Draft draft, Optional<SourceText> source)
            throws UnusableReplyException {
        if (source.isPresent()) {
            throw new UnusableReplyException(path + " exists already: say which of its lines to replace");
        }
        List<String> lines =
                draft.blocks().stream().flatMap(block -> block.after().stream()).toList();
        if (lines.isEmpty()) {
            throw new UnusableReplyException(path + " would be created empty");
        }
        return FileEdits.creation(path, lines);
    }

    private static FileEdit deletion(SourceText original) {
        return FileEdit.newBuilder()
                .setPath(original.path())
                .setBaseSha256(original.sha256())
                .setDeletes(true)
                .setHunks(List.of())
                .build();
    }

    private static FileEdit change(SourceText original, List<Draft> drafts) throws UnusableReplyException {
        List<Replacement> replacements = new ArrayList<>();
        for (Draft draft : drafts) {
            for (Block block : draft.blocks()) {
                if (block.changesSomething()) {
                    replacements.add(BlockLocator.locate(original, block));
                }
            }
        }
        replacements.sort(Comparator.comparingInt(Replacement::begin));
        List<String> changed = new ArrayList<>();
        int copied = 0;
        for (Replacement replacement : replacements) {
            if (replacement.begin() < copied) {
                throw new UnusableReplyException("two edits of " + original.path() + " overlap");
            }
            changed.addAll(original.lines().subList(copied, replacement.begin()));
            changed.addAll(replacement.after());
            copied = replacement.end();
        }
        changed.addAll(original.lines().subList(copied, original.lines().size()));
        if (changed.equals(original.lines())) {
            throw new UnusableReplyException("the edit of " + original.path() + " changes nothing");
        }
        return FileEdits.between(original, changed);
    }
}
