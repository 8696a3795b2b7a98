package dev.selfheal.scrub;

/**
 * What stands behind the name of a secret, as a pattern: {@code =} and its like, and the value. Linear as every pattern
 * here: it starts at a literal or at a boundary (so a long run is tried once, not from each of its characters), its
 * repetitions are possessive or bounded, and no repetition holds another of the same characters.
 */
final class Values {

    /** A quote, escaped as often as JSON in JSON in JSON is. */
    static final String QUOTE = "(?:\\\\{0,3}[\"'])";

    /**
     * From a name's end to its value: {@code = : => :=}, behind {@code "name"}, {@code 'name']} and {@code \"name\"}, but not
     * behind {@code [scrubbed:name]}.
     */
    static final String ASSIGNED =
            "(?:" + QUOTE + "\\]?|(?<!\\[scrubbed:[a-z-]{0,24})\\])?+\\s{0,3}+(?>=>|:=|[:=])\\s{0,3}+";

    /** Not a value but what is said of one: {@code password: must not be blank}, {@code using password: YES}. */
    static final String NOT_SAID =
            "(?!(?:is|was|are|must|should|cannot|can|has|had|needs?|requires?|required|expects?|expected"
                    + "|not|no|yes|and|or|for|in|of|at|may|too|does|did|missing|invalid|given|null|none|nil|undefined|true|false)"
                    + "(?![^\\s,;&\"')}\\].]))";

    /** Scrubbing twice changes nothing. */
    static final String NOT_SCRUBBED = "(?![\\[{\\\\\"']{0,6}scrubbed:)";

    /** In quotes, with quotes inside that are escaped; cut short anywhere. */
    private static final String QUOTED = "\"[^\"\\\\\\r\\n]{0,4096}+(?:\\\\.[^\"\\\\\\r\\n]{0,4096}+){0,256}+\"?"
            + "|'[^'\\\\\\r\\n]{0,4096}+(?:\\\\.[^'\\\\\\r\\n]{0,4096}+){0,256}+'?";

    /** {@code \"a\\\"b\"}: a quote inside has more backslashes than the one at the end. */
    private static final String ESCAPED =
            "\\\\[\"'][^\"'\\r\\n]{0,4096}+(?:(?<=\\\\\\\\)[\"'][^\"'\\r\\n]{0,4096}+){0,64}+[\"']?"
                    + "|\\\\{2,7}[\"'][^\"'\\r\\n]{0,4096}+[\"']?";

    /** {@code [a, b]}, as maps of headers print their values. */
    private static final String LISTED = "\\[(?!scrubbed:)[^\\]\\r\\n]{1,1024}+\\]?";

    /** A word without quotes, to what ends it in a query, a connection string, JSON or a list. */
    private static final String WORD = "(?=[^\\s,;&\"')}\\]\\[])" + NOT_SAID + NOT_SCRUBBED
            + "[^\\s,;&\"')}\\]\\\\]*+(?:\\\\(?![\"'])[^\\s,;&\"')}\\]\\\\]*+){0,64}+";

    static final String ANY = "(?:" + ESCAPED + "|" + QUOTED + "|" + LISTED + "|" + WORD + ")";

    private Values() {}
}
