package dev.selfheal.analysis.classification;

import dev.selfheal.event.StackFrame;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a rule looks for. Pure; the text of an error is data, however long or odd. */
public sealed interface Signal {

    /** The root cause counts in full, what wraps it by half: wrappers say where it surfaced, not what went wrong. */
    double WRAPPER = 0.5;

    /** What was found; empty when nothing was. */
    Optional<Match> in(Situation situation);

    /** What it looks for, for people. */
    String describe();

    /**
     * @param share of the rule's weight that counts, above 0 and up to 1
     * @param what was found, for people
     */
    record Match(double share, String what) {}

    /** An exception of one of these types; a name that ends with a dot is a package and all below it. */
    record TypeIs(List<String> names) implements Signal {

        public TypeIs {
            names = List.copyOf(names);
        }

        @Override
        public Optional<Match> in(Situation situation) {
            return situation.deepest(exception ->
                    isNamed(names, exception.getType()) ? Optional.of(exception.getType()) : Optional.empty());
        }

        @Override
        public String describe() {
            return "type " + code(names);
        }
    }

    /** A message with one of these phrases, whatever the case of its letters. */
    record MessageSays(List<String> phrases) implements Signal {

        public MessageSays {
            phrases = phrases.stream()
                    .map(phrase -> phrase.toLowerCase(Locale.ROOT))
                    .toList();
        }

        @Override
        public Optional<Match> in(Situation situation) {
            return situation.deepest(exception -> {
                String message = Situation.messageOf(exception).toLowerCase(Locale.ROOT);
                return phrases.stream().filter(message::contains).findFirst().map(phrase -> '"' + phrase + '"');
            });
        }

        @Override
        public String describe() {
            return "message " + code(phrases);
        }
    }

    /** A message in which this is found; patterns are linear in the message's length. */
    record MessageMatches(Pattern pattern) implements Signal {

        @Override
        public Optional<Match> in(Situation situation) {
            return situation.deepest(exception -> {
                Matcher matcher = pattern.matcher(Situation.messageOf(exception));
                return matcher.find() ? Optional.of('"' + matcher.group() + '"') : Optional.empty();
            });
        }

        @Override
        public String describe() {
            return "message matching `" + pattern.pattern().replace("|", "\\|") + "`";
        }
    }

    /** The root cause was thrown in one of these packages. */
    record ThrownIn(List<String> packages) implements Signal {

        public ThrownIn {
            packages = List.copyOf(packages);
        }

        @Override
        public Optional<Match> in(Situation situation) {
            return situation
                    .thrower()
                    .map(StackFrame::getModule)
                    .filter(module -> isNamed(packages, module))
                    .map(module -> new Match(1, module));
        }

        @Override
        public String describe() {
            return "thrown in " + code(packages);
        }
    }

    /** Anything else about the error or its service. */
    record Shape(String describe, Function<Situation, Optional<String>> found) implements Signal {

        @Override
        public Optional<Match> in(Situation situation) {
            return found.apply(situation).map(what -> new Match(1, what));
        }
    }

    private static boolean isNamed(List<String> names, String name) {
        return names.stream().anyMatch(each -> each.endsWith(".") ? name.startsWith(each) : name.equals(each));
    }

    private static String code(List<String> names) {
        return "`" + String.join("`, `", names) + "`";
    }
}
