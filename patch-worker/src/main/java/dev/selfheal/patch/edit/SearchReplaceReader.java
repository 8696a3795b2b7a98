package dev.selfheal.patch.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads search/replace blocks: a path, then the lines to find and the lines to put there between conflict markers. */
final class SearchReplaceReader {

    private static final Pattern SEARCH = Pattern.compile("<{5,9}\\s*(?:SEARCH|ORIGINAL|HEAD)?\\s*");
    private static final Pattern DIVIDER = Pattern.compile("={5,9}\\s*");
    private static final Pattern REPLACE = Pattern.compile(">{5,9}\\s*(?:REPLACE|UPDATED)?\\s*");

    private final List<String> lines;
    private final List<Draft> drafts = new ArrayList<>();
    private int next;
    private String path = "";

    private SearchReplaceReader(List<String> lines) {
        this.lines = lines;
    }

    static boolean isIn(List<String> lines) {
        return lines.stream().anyMatch(line -> SEARCH.matcher(line.strip()).matches());
    }

    /** One draft per block, in order. */
    static List<Draft> read(List<String> lines) throws UnusableReplyException {
        SearchReplaceReader reader = new SearchReplaceReader(lines);
        reader.readAll();
        return reader.drafts;
    }

    private void readAll() throws UnusableReplyException {
        while (next < lines.size()) {
            String line = lines.get(next++).strip();
            if (SEARCH.matcher(line).matches()) {
                readBlock();
            } else if (looksLikePath(line)) {
                path = line.replaceAll("^[#*`\\s]*(?:(?i:file|path)\\s*:)?[*`\\s]*|[*`:\\s]*$", "");
            }
        }
    }

    private void readBlock() throws UnusableReplyException {
        if (path.isEmpty()) {
            throw new UnusableReplyException("an edit block has no file path on the line before it");
        }
        List<String> search = until(DIVIDER, "=======");
        List<String> replacement = until(REPLACE, ">>>>>>> REPLACE");
        boolean creates = search.stream().allMatch(String::isBlank);
        drafts.add(new Draft(
                path,
                creates ? Draft.Action.CREATE : Draft.Action.CHANGE,
                List.of(Block.of(creates ? List.of() : search, replacement))));
    }

    private List<String> until(Pattern end, String marker) throws UnusableReplyException {
        List<String> content = new ArrayList<>();
        while (next < lines.size()) {
            String line = lines.get(next++);
            if (end.matcher(line.strip()).matches()) {
                return content;
            }
            if (isMarker(line.strip())) {
                throw new UnusableReplyException("an edit block for " + path + " has \"" + line.strip() + "\" where "
                        + marker + " was expected");
            }
            content.add(line);
        }
        throw new UnusableReplyException("an edit block for " + path + " ends without " + marker);
    }

    private static boolean isMarker(String line) {
        return SEARCH.matcher(line).matches()
                || DIVIDER.matcher(line).matches()
                || REPLACE.matcher(line).matches();
    }

    private static boolean looksLikePath(String line) {
        return line.matches("[#*`\\s]*(?:(?i:file|path)\\s*:)?[*`\\s]*[^\\s`*:\"]+\\.\\w{1,12}[*`:\\s]*")
                || line.matches("`[^`\\s]+`:?");
    }
}
