package dev.selfheal.ingest.grouping;

import dev.selfheal.event.StackFrame;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names of classes and methods without what compilers and proxy libraries count or invent: the same code must have the
 * same name after a restart, a recompilation, or with one more lambda in the file. Pure; linear.
 */
final class FrameNames {

    private record Rule(Pattern pattern, String replacement) {
        static Rule of(String regex, String replacement) {
            return new Rule(Pattern.compile(regex), replacement);
        }

        String apply(String name) {
            return pattern.matcher(name).replaceAll(replacement);
        }
    }

    private static final List<Rule> MODULES = List.of(
            // hidden classes: Foo$$Lambda$14/0x0000000800c03000, Foo$$Lambda/0x00007f…, LambdaForm$MH/0x…
            Rule.of("/0x[0-9a-fA-F]++$", ""),
            Rule.of("(?<=\\$\\$Lambda\\$\\d{1,9})/[0-9a-fA-F]++$", ""),
            Rule.of("\\$\\$Lambda(?:\\$\\d++)?", "\\$\\$Lambda"),
            // CGLIB, Spring, Hibernate, Javassist, Byte Buddy, Mockito, Weld: the proxied class stands in for its proxy
            Rule.of("\\$\\$(?:EnhancerBy|FastClassBy|SpringCGLIB|KeyFactoryBy)[\\w$]*+$", ""),
            Rule.of("_?\\$\\$_(?:jvst|javassist|Weld)[\\w$]*+$", ""),
            Rule.of("\\$(?:HibernateProxy|ByteBuddy|MockitoMock|Proxy)\\$[\\w$]*+$", ""),
            // the JDK's own proxies and reflection accessors: jdk.proxy2.$Proxy14, GeneratedMethodAccessor27
            Rule.of("^(?:com\\.sun\\.proxy|jdk\\.proxy\\d++)\\.\\$Proxy\\d++$", "\\$Proxy"),
            Rule.of("\\$Proxy\\d++$", "\\$Proxy"),
            Rule.of("(Generated(?:Method|Constructor|SerializationConstructor)Accessor)\\d++$", "$1"),
            // anonymous and local classes are numbered in source order: Foo$3, Foo$1Local; Groovy: _closure7
            Rule.of("\\$\\d++", "\\$*"),
            Rule.of("_closure\\d++", "_closure"),
            // Clojure counts its functions: core$handle$fn__4711; Quarkus: Foo_ClientProxy, Foo_Subclass
            Rule.of("__\\d++", "__"),
            Rule.of("_(?:ClientProxy|Subclass)$", ""),
            // bundlers put a hash of the content into names of files: main.8f3b2c1d, index-BfG3x9Qk
            Rule.of("[.-](?=[a-f]{0,40}\\d)[0-9a-f]{8,}+(?=$|\\.)", ""),
            Rule.of("-(?=\\w{0,7}[0-9])(?=\\w{0,7}[A-Z])\\w{8}$", ""));

    private static final List<Rule> FUNCTIONS = List.of(
            // lambda$main$3 (javac), main$lambda$3 (kotlinc), $anonfun$main$3 (scalac), lambda$main$1a2b3c$1
            // (serializable)
            Rule.of("^lambda\\$(.+?)(?:\\$[0-9a-f]++)?\\$\\d++$", "lambda\\$$1"),
            Rule.of("\\$lambda(?:[$-]\\d++)++", "\\$lambda"),
            Rule.of("^(\\$anonfun\\$.+?)(?:\\$\\d++)++$", "$1"),
            // accessors for private members: access$000; CGLIB: CGLIB$save$4
            Rule.of("^access\\$\\d++$", "access\\$"),
            Rule.of("^CGLIB\\$(.+?)\\$\\d++$", "$1"),
            // AspectJ: save_aroundBody2; Quarkus: save$$superforward1
            Rule.of("_aroundBody\\d++$", ""),
            Rule.of("\\$\\$superforward\\d*+$", ""),
            // Go counts the closures of a function: Serve.func2.1
            Rule.of("(?<=\\.)func\\d++(?:\\.\\d++)*+", "func"),
            // and what it makes of go, defer and range statements: Serve.gowrap1, Serve-range2
            Rule.of("(?<=\\.)(gowrap|deferwrap)\\d++", "$1"),
            Rule.of("-range\\d++", "-range"));

    private static final Memo<String> NORMALISED_MODULES = new Memo<>(name -> apply(MODULES, name));
    private static final Memo<String> NORMALISED_FUNCTIONS = new Memo<>(name -> apply(FUNCTIONS, name));

    private FrameNames() {}

    /** {@code module.function} of each frame, normalised, in order. */
    static List<String> of(List<StackFrame> frames) {
        return frames.stream()
                .map(frame -> module(frame.getModule()) + "." + function(frame.getFunction()))
                .toList();
    }

    static String module(String name) {
        return isPlain(name) ? name : NORMALISED_MODULES.of(name);
    }

    static String function(String name) {
        return isPlain(name) ? name : NORMALISED_FUNCTIONS.of(name);
    }

    /** Most names are: no digit, no mark of a compiler. */
    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '$' || c == '/' || c == '_' || (c >= '0' && c <= '9')) {
                return false;
            }
        }
        return true;
    }

    private static String apply(List<Rule> rules, String name) {
        String result = name;
        for (Rule rule : rules) {
            result = rule.apply(result);
        }
        return result;
    }
}
