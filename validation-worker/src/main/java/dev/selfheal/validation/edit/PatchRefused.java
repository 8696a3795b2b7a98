package dev.selfheal.validation.edit;

/** An edit does not fit the base exactly. Carries what a finding needs. */
public final class PatchRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final String ruleId;
    private final String path;
    private final int line;

    /**
     * @param line from 1; 0 when it is about the whole file
     */
    public PatchRefused(String ruleId, String path, int line, String message) {
        super(message);
        this.ruleId = ruleId;
        this.path = path;
        this.line = line;
    }

    public String ruleId() {
        return ruleId;
    }

    public String path() {
        return path;
    }

    public int line() {
        return line;
    }
}
