package dev.selfheal.scrub;

import java.util.List;

/** What tells of a person rather than opens a door. */
final class PersonalData {

    private PersonalData() {}

    static List<ScrubRule> all() {
        return List.of(
                ScrubRule.of(
                        "email",
                        List.of("@"),
                        "(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9-])"),
                ScrubRule.ofNumber("card", 13, "(?<![A-Za-z0-9.-])[2-6](?:[ -]?\\d){12,18}(?![0-9])"));
    }
}
