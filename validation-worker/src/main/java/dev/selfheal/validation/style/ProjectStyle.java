package dev.selfheal.validation.style;

/** What a project says about its style. */
public sealed interface ProjectStyle {

    /**
     * Its own Checkstyle rules, safe to apply.
     *
     * @param path from the repository's root
     * @param xml as committed on the base
     */
    record Rules(String path, String xml) implements ProjectStyle {}

    /**
     * It has rules that are not applied.
     *
     * @param reason to finish the sentence "the project's own rules are not applied: …"
     */
    record Refused(String reason) implements ProjectStyle {}

    /**
     * It has none that are known here.
     *
     * @param formatter that it is formatted with instead; empty for none
     */
    record Absent(String formatter) implements ProjectStyle {}
}
