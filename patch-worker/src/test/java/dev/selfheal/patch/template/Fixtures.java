package dev.selfheal.patch.template;

import java.util.ArrayList;
import java.util.List;

/** Before and after for every template. */
final class Fixtures {

    private static final String NPE = "java.lang.NullPointerException: ";
    private static final String INDEX = "java.lang.ArrayIndexOutOfBoundsException: ";
    private static final String STRING_INDEX = "java.lang.StringIndexOutOfBoundsException: ";

    private final List<Fixture> all = new ArrayList<>();

    static List<Fixture> all() {
        Fixtures fixtures = new Fixtures();
        fixtures.nullGuards();
        fixtures.nullGuardsOfStatements();
        fixtures.comparisons();
        fixtures.bounds();
        fixtures.offByOne();
        fixtures.types();
        fixtures.arithmetic();
        fixtures.iterators();
        fixtures.counts();
        fixtures.parsing();
        fixtures.recursion();
        fixtures.handlers();
        return fixtures.all;
    }

    private void nullGuards() {
        add("null-guard", "conjunct in a condition", NPE + named("name"), List.of(), """
                boolean run(String name) {
                    if (name.contains(":")) { // fails
                        return false;
                    }
                    return true;
                }
                """, """
                boolean run(String name) {
                    if (name != null && name.contains(":")) {
                        return false;
                    }
                    return true;
                }
                """);
        add("null-guard", "a negated call keeps its negation", NPE + named("name"), List.of(), """
                boolean run(String name, boolean strict) {
                    if (strict && !name.isEmpty()) { // fails
                        return false;
                    }
                    return true;
                }
                """, """
                boolean run(String name, boolean strict) {
                    if (strict && name != null && !name.isEmpty()) {
                        return false;
                    }
                    return true;
                }
                """);
        add("null-guard", "an emptiness check also covers null", NPE + named("name"), List.of(), """
                String run(String name) {
                    if (name.isEmpty()) { // fails
                        return "nobody";
                    }
                    return name;
                }
                """, """
                String run(String name) {
                    if (name == null || name.isEmpty()) {
                        return "nobody";
                    }
                    return name;
                }
                """);
        add(
                "null-guard",
                "early return on entry, as the method's type wants it",
                NPE + named("name"),
                List.of(),
                """
                int run(String name) {
                    int extra = 2;
                    return name.length() + extra; // fails
                }
                """,
                """
                int run(String name) {
                    if (name == null) {
                        return 0;
                    }
                    int extra = 2;
                    return name.length() + extra;
                }
                """);
        add("null-guard", "the value of the other guards in the file", NPE + named("values"), List.of(), """
                static final int NOT_FOUND = -1;
                int other(int[] values) {
                    if (values == null) {
                        return NOT_FOUND;
                    }
                    return values[0];
                }
                int run(int[] values) {
                    return values.length; // fails
                }
                """, """
                static final int NOT_FOUND = -1;
                int other(int[] values) {
                    if (values == null) {
                        return NOT_FOUND;
                    }
                    return values[0];
                }
                int run(int[] values) {
                    if (values == null) {
                        return NOT_FOUND;
                    }
                    return values.length;
                }
                """);
        add(
                "null-guard",
                "a ternary for a field",
                NPE + "Cannot load from object array because \"this.children\" is null",
                List.of(),
                """
                String[] children;
                String run(int i) {
                    return children[i]; // fails
                }
                """,
                """
                String[] children;
                String run(int i) {
                    return children == null ? null : children[i];
                }
                """);
        add(
                "null-guard",
                "a return value",
                NPE + "Cannot invoke \"java.nio.file.Path.toString()\" because the return value of"
                        + " \"java.nio.file.Path.getFileName()\" is null",
                List.of(),
                """
                String run(java.nio.file.Path path) {
                    return path.getFileName().toString(); // fails
                }
                """,
                """
                String run(java.nio.file.Path path) {
                    return path.getFileName() == null ? null : path.getFileName().toString();
                }
                """);
        add("null-guard", "an existing guard is extended", NPE + named("b"), List.of(), """
                String run(String a, String b) {
                    if (a == null) {
                        return "";
                    }
                    return a + b.trim(); // fails
                }
                """, """
                String run(String a, String b) {
                    if (a == null || b == null) {
                        return "";
                    }
                    return a + b.trim();
                }
                """);
        add("null-guard", "a literal is never null", NPE + "boom", List.of(), """
                int run() {
                    return "x".length(); // fails
                }
                """, null);
        add("null-guard", "what is checked already", NPE + named("name"), List.of(), """
                int run(String name) {
                    if (name == null) {
                        return 0;
                    }
                    return name.length(); // fails
                }
                """, null);
    }

    private void nullGuardsOfStatements() {
        add(
                "null-guard",
                "a call is wrapped",
                NPE + "Cannot read the array length because \"a\" is null",
                List.of("java.util.Arrays.sort"),
                """
                int[] run(int[] array) {
                    java.util.Arrays.sort(array); // fails
                    return array;
                }
                """,
                """
                int[] run(int[] array) {
                    if (array != null) {
                        java.util.Arrays.sort(array);
                    }
                    return array;
                }
                """);
        add("null-guard", "a loop over it is wrapped", NPE + named("names"), List.of(), """
                void run(java.util.List<String> names) {
                    for (String name : names) { // fails
                        System.out.println(name);
                    }
                }
                """, """
                void run(java.util.List<String> names) {
                    if (names != null) {
                        for (String name : names) {
                            System.out.println(name);
                        }
                    }
                }
                """);
        add(
                "null-guard",
                "an element is skipped",
                NPE + "Cannot invoke \"String.length()\" because \"<local3>\" is null",
                List.of(),
                """
                int run(java.util.List<String> names) {
                    int sum = 0;
                    for (String name : names) {
                        sum += name.length(); // fails
                    }
                    return sum;
                }
                """,
                """
                int run(java.util.List<String> names) {
                    int sum = 0;
                    for (String name : names) {
                        if (name == null) {
                            continue;
                        }
                        sum += name.length();
                    }
                    return sum;
                }
                """);
        add(
                "null-guard",
                "an argument that was refused",
                NPE + "name",
                List.of("java.util.Objects.requireNonNull"),
                """
                String run(String name) {
                    return java.util.Objects.requireNonNull(name, "name").trim(); // fails
                }
                """,
                """
                String run(String name) {
                    if (name == null) {
                        return null;
                    }
                    return java.util.Objects.requireNonNull(name, "name").trim();
                }
                """);
        add("null-guard", "tabs and braces on their own line are kept", NPE + named("name"), List.of(), """
                \tvoid run(String name)
                \t{
                \t\tname.trim(); // fails
                \t}
                """, """
                \tvoid run(String name)
                \t{
                \t\tif (name == null)
                \t\t{
                \t\t\treturn;
                \t\t}
                \t\tname.trim();
                \t}
                """);
    }

    private void comparisons() {
        add("null-safe-comparison", "a constant goes first", NPE + named("kind"), List.of(), """
                boolean run(String kind) {
                    return kind.equals("a"); // fails
                }
                """, """
                boolean run(String kind) {
                    return "a".equals(kind);
                }
                """);
        add(
                "null-safe-comparison",
                "two variables",
                NPE + "Cannot invoke \"Object.equals(Object)\" because \"this.value\" is null",
                List.of(),
                """
                Object value;
                boolean run(Object other) {
                    return this.value.equals(other); // fails
                }
                """,
                """
                Object value;
                boolean run(Object other) {
                    return java.util.Objects.equals(this.value, other);
                }
                """);
        add("null-safe-comparison", "another call", NPE + named("kind"), List.of(), """
                boolean run(String kind) {
                    return kind.endsWith("a"); // fails
                }
                """, null);
    }

    private void bounds() {
        add(
                "bounds-guard",
                "an empty text",
                STRING_INDEX + "begin 0, end 1, length 0",
                List.of("java.lang.String.checkBoundsBeginEnd", "java.lang.String.substring"),
                """
                String run(String name) {
                    return name.substring(0, 1); // fails
                }
                """,
                """
                String run(String name) {
                    if (name.isEmpty()) {
                        return name;
                    }
                    return name.substring(0, 1);
                }
                """);
        add(
                "bounds-guard",
                "an index in a loop condition",
                STRING_INDEX + "index 3, length 3",
                List.of("java.lang.String.charAt"),
                """
                int run(String text) {
                    int i = 0;
                    while (text.charAt(i) == ' ') { // fails
                        i++;
                    }
                    return i;
                }
                """,
                """
                int run(String text) {
                    int i = 0;
                    while (i < text.length() && text.charAt(i) == ' ') {
                        i++;
                    }
                    return i;
                }
                """);
        add(
                "bounds-guard",
                "crossed ends tighten the branch",
                STRING_INDEX + "begin 2, end 1, length 9",
                List.of("java.lang.String.substring"),
                """
                String run(String text, int from, int to) {
                    if (to >= 0) {
                        return text.substring(from, to); // fails
                    }
                    return text;
                }
                """,
                """
                String run(String text, int from, int to) {
                    if (to >= 0 && from <= to) {
                        return text.substring(from, to);
                    }
                    return text;
                }
                """);
        add(
                "bounds-guard",
                "a negative index into an array",
                INDEX + "Index -1 out of bounds for length 5",
                List.of(),
                """
                int run(int[] values, int at) {
                    return values[at]; // fails
                }
                """,
                """
                int run(int[] values, int at) {
                    if (at < 0) {
                        return 0;
                    }
                    return values[at];
                }
                """);
        add(
                "bounds-guard",
                "an index that moves while it is read",
                INDEX + "Index 5 out of bounds for length 5",
                List.of(),
                """
                int at;
                int run(int[] values) {
                    return values[at++]; // fails
                }
                """,
                null);
    }

    private void offByOne() {
        add("off-by-one", "a loop goes one too far", INDEX + "Index 5 out of bounds for length 5", List.of(), """
                int run(int[] values) {
                    int sum = 0;
                    for (int i = 0; i <= values.length; i++) {
                        sum += values[i]; // fails
                    }
                    return sum;
                }
                """, """
                int run(int[] values) {
                    int sum = 0;
                    for (int i = 0; i < values.length; i++) {
                        sum += values[i];
                    }
                    return sum;
                }
                """);
        add("off-by-one", "a look ahead", INDEX + "Index 5 out of bounds for length 5", List.of(), """
                int run(int[] values) {
                    int rises = 0;
                    for (int i = 0; i < values.length; i++) {
                        rises += values[i + 1]; // fails
                    }
                    return rises;
                }
                """, """
                int run(int[] values) {
                    int rises = 0;
                    for (int i = 0; i < values.length - 1; i++) {
                        rises += values[i + 1];
                    }
                    return rises;
                }
                """);
        add("off-by-one", "a bound that is strict", INDEX + "Index 5 out of bounds for length 5", List.of(), """
                int run(int[] values, int n) {
                    int sum = 0;
                    for (int i = 0; i < n; i++) {
                        sum += values[i]; // fails
                    }
                    return sum;
                }
                """, null);
    }

    private void types() {
        add(
                "type-guard",
                "a cast in equals",
                "java.lang.ClassCastException: class java.lang.String cannot be cast to class java.lang.Integer",
                List.of(),
                """
                int run(Object other) {
                    return (Integer) other; // fails
                }
                """,
                """
                int run(Object other) {
                    if (!(other instanceof Integer)) {
                        return 0;
                    }
                    return (Integer) other;
                }
                """);
        add(
                "type-guard",
                "a primitive conversion",
                "java.lang.ClassCastException: class a cannot be cast to class b",
                List.of(),
                """
                int run(long other) {
                    return (int) other; // fails
                }
                """,
                null);
    }

    private void arithmetic() {
        add("arithmetic-guard", "a divisor", "java.lang.ArithmeticException: / by zero", List.of(), """
                int run(int sum, int count) {
                    return sum / count; // fails
                }
                """, """
                int run(int sum, int count) {
                    return count == 0 ? 0 : sum / count;
                }
                """);
        add(
                "arithmetic-guard",
                "an overflow",
                "java.lang.ArithmeticException: integer overflow",
                List.of("java.lang.Math.addExact"),
                """
                int run(int a, int b) {
                    return Math.addExact(a, b) / a; // fails
                }
                """,
                null);
    }

    private void iterators() {
        add(
                "empty-iterator-guard",
                "first of a collection",
                "java.util.NoSuchElementException",
                List.of("java.util.ArrayList$Itr.next"),
                """
                String run(java.util.List<String> names) {
                    return names.iterator().next(); // fails
                }
                """,
                """
                String run(java.util.List<String> names) {
                    if (names.isEmpty()) {
                        return null;
                    }
                    return names.iterator().next();
                }
                """);
        add(
                "empty-iterator-guard",
                "next of an iterator",
                "java.util.NoSuchElementException",
                List.of("java.util.ArrayList$Itr.next"),
                """
                void run(java.util.Iterator<String> names) {
                    System.out.println(names.next()); // fails
                }
                """,
                """
                void run(java.util.Iterator<String> names) {
                    if (names.hasNext()) {
                        System.out.println(names.next());
                    }
                }
                """);
        add(
                "empty-iterator-guard",
                "a call that failed elsewhere",
                "java.util.NoSuchElementException",
                List.of("a.B.open"),
                """
                String run(java.util.Iterator<String> names) {
                    return names.next(); // fails
                }
                """,
                null);
    }

    private void counts() {
        add(
                "count-guard",
                "an accessor of the same file",
                NPE + "Cannot load from object array because \"this.children\" is null",
                List.of("shop.Sample.getChild"),
                """
                private Sample[] children;
                int getChildCount() {
                    return children == null ? 0 : children.length;
                }
                Sample getChild(int index) {
                    return children[index];
                }
                boolean hasChildren(Sample node) {
                    return node.getChildCount() > 1;
                }
                void run(Sample node) {
                    System.out.println(node.getChild(0)); // fails
                }
                """,
                """
                private Sample[] children;
                int getChildCount() {
                    return children == null ? 0 : children.length;
                }
                Sample getChild(int index) {
                    return children[index];
                }
                boolean hasChildren(Sample node) {
                    return node.getChildCount() > 1;
                }
                void run(Sample node) {
                    if (node.getChildCount() > 0) {
                        System.out.println(node.getChild(0));
                    }
                }
                """);
        add("count-guard", "no count is known", NPE + "x", List.of("shop.Sample.getChild"), """
                Sample getChild(int index) {
                    return null;
                }
                void run(Sample node) {
                    System.out.println(node.getChild(0)); // fails
                }
                """, null);
    }

    private void parsing() {
        add(
                "parse-guard",
                "an empty text",
                "java.lang.NumberFormatException: For input string: \"\"",
                List.of("java.lang.NumberFormatException.forInputString", "java.lang.Integer.parseInt"),
                """
                int run(String text) {
                    return Integer.parseInt(text); // fails
                }
                """,
                """
                int run(String text) {
                    if (text.isEmpty()) {
                        return 0;
                    }
                    return Integer.parseInt(text);
                }
                """);
        add(
                "parse-guard",
                "a literal",
                "java.lang.NumberFormatException: For input string: \"x\"",
                List.of("java.lang.Integer.parseInt"),
                """
                int run() {
                    return Integer.parseInt("x"); // fails
                }
                """,
                null);
    }

    private void recursion() {
        add(
                "recursion-guard",
                "a base case that NaN never reaches",
                "java.lang.StackOverflowError",
                List.of(),
                """
                double run(double x) {
                    if (x > 10) {
                        return 1 / x;
                    }
                    return run(x + 1) + 1 / x; // fails
                }
                """,
                """
                double run(double x) {
                    if (Double.isNaN(x) || Double.isInfinite(x)) {
                        return x;
                    }
                    if (x > 10) {
                        return 1 / x;
                    }
                    return run(x + 1) + 1 / x;
                }
                """);
        add("recursion-guard", "a recursion over structure", "java.lang.StackOverflowError", List.of(), """
                int run(Sample node) {
                    return 1 + run(node); // fails
                }
                """, null);
    }

    private void handlers() {
        add("handled-alike", "a handler that answers", NPE + "x", List.of("java.lang.Class.getMethod"), """
                Object run(Class<?> type, String name) {
                    try {
                        return type.getMethod(name); // fails
                    } catch (NoSuchMethodException | SecurityException e) {
                        return null;
                    }
                }
                """, """
                Object run(Class<?> type, String name) {
                    try {
                        return type.getMethod(name);
                    } catch (NoSuchMethodException | SecurityException | NullPointerException e) {
                        return null;
                    }
                }
                """);
        add("handled-alike", "a handler that throws", NPE + "x", List.of("java.lang.Class.getMethod"), """
                Object run(Class<?> type, String name) {
                    try {
                        return type.getMethod(name); // fails
                    } catch (NoSuchMethodException e) {
                        throw new IllegalStateException(e);
                    }
                }
                """, null);
    }

    private static String named(String variable) {
        return "Cannot invoke \"String.length()\" because \"" + variable + "\" is null";
    }

    private void add(
            String template, String name, String exception, List<String> library, String before, String after) {
        all.add(new Fixture(
                template, name, exception, library, inClass(before), after == null ? null : inClass(after)));
    }

    private static String inClass(String members) {
        String indent = members.startsWith("\t") ? "" : "    ";
        return "package shop;\n\nclass Sample {\n" + members.indent(indent.length()) + "}\n";
    }
}
