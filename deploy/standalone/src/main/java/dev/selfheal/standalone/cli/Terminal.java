package dev.selfheal.standalone.cli;

import java.io.PrintStream;

/** Where people read: plain text, with colour when a person is likely to be looking. */
final class Terminal {

    enum Style {
        PLAIN(""),
        BOLD("1"),
        DIM("2"),
        RED("31"),
        GREEN("32"),
        YELLOW("33"),
        CYAN("36");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private final PrintStream out;
    private final boolean colour;

    Terminal(PrintStream out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    /** Colour on a terminal unless NO_COLOR is set; CLICOLOR_FORCE turns it on elsewhere (bixense.com/clicolors). */
    static Terminal standard() {
        boolean forbidden = System.getenv("NO_COLOR") != null || "dumb".equals(System.getenv("TERM"));
        boolean forced = System.getenv("CLICOLOR_FORCE") != null;
        return new Terminal(System.out, forced || (!forbidden && isTerminal()));
    }

    /** The launcher looks with {@code test -t 1}; a JVM cannot tell since JDK 22, whose console is never null. */
    private static boolean isTerminal() {
        return Boolean.getBoolean("selfheal.terminal");
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    String paint(Style style, String text) {
        return colour && style != Style.PLAIN ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
    }

    /** A unified diff, one colour per kind of line. */
    void diff(String unified) {
        unified.lines().forEach(line -> line("  " + paint(styleOf(line), line)));
    }

    private static Style styleOf(String line) {
        if (line.startsWith("+++") || line.startsWith("---") || line.startsWith("diff ")) {
            return Style.BOLD;
        }
        if (line.startsWith("@@")) {
            return Style.CYAN;
        }
        if (line.startsWith("+")) {
            return Style.GREEN;
        }
        return line.startsWith("-") ? Style.RED : Style.PLAIN;
    }
}
