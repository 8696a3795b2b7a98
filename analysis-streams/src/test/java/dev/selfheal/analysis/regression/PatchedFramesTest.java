package dev.selfheal.analysis.regression;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.PatchedLines;
import dev.selfheal.event.StackFrame;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatchedFramesTest {

    private static final List<PatchedLines> LINES =
            List.of(new PatchedLines("core/src/main/java/org/example/Cart.java", 10, 12));

    @Test
    void shouldFindFrameInThePatchedLinesAndNotBesideThem() {
        assertThat(found(frame("org.example.Cart", "Cart.java", 9))).isFalse();
        assertThat(found(frame("org.example.Cart", "Cart.java", 10))).isTrue();
        assertThat(found(frame("org.example.Cart", "Cart.java", 12))).isTrue();
        assertThat(found(frame("org.example.Cart", "Cart.java", 13))).isFalse();
    }

    @Test
    void shouldFindNestedClassAndLambdaOfTheFile() {
        assertThat(found(frame("org.example.Cart$Line", "Cart.java", 11))).isTrue();
        assertThat(found(frame("org.example.Cart$Line", null, 11))).isTrue();
    }

    @Test
    void shouldTellClassesOfTheSameNameApart() {
        assertThat(found(frame("com.other.Cart", "Cart.java", 11))).isFalse();
        assertThat(found(frame("example.Cart", "Cart.java", 11)))
                .as("a package that ends alike")
                .isTrue();
        assertThat(found(frame("ample.Cart", "Cart.java", 11))).isFalse();
    }

    /** Its module says in which folder it lies, and that may be one above the project. */
    @Test
    void shouldFindScriptsByTheirFolder() {
        List<PatchedLines> views = List.of(new PatchedLines("app/users/views.py", 10, 12));
        List<PatchedLines> top = List.of(new PatchedLines("cart.py", 10, 12));

        assertThat(found(frame("users.views", "views.py", 11), views)).isTrue();
        assertThat(found(frame("orders.views", "views.py", 11), views)).isFalse();
        assertThat(found(frame("shop.cart", "cart.py", 11), top)).isTrue();
        assertThat(found(frame("org.example.Cart", "Cart.java", 11), List.of(new PatchedLines("Cart.java", 10, 12))))
                .isFalse();
    }

    @Test
    void shouldFindSecondTopLevelClassByItsFile() {
        assertThat(found(frame("org.example.Helper", "Cart.java", 11))).isTrue();
        assertThat(found(frame("org.example.Helper", null, 11))).isFalse();
    }

    @Test
    void shouldTakeTheTwoLinesAroundAGapForThePatch() {
        List<PatchedLines> removed = List.of(new PatchedLines("org/example/Cart.java", 10, 9));

        assertThat(found(frame("org.example.Cart", "Cart.java", 8), removed)).isFalse();
        assertThat(found(frame("org.example.Cart", "Cart.java", 9), removed)).isTrue();
        assertThat(found(frame("org.example.Cart", "Cart.java", 10), removed)).isTrue();
        assertThat(found(frame("org.example.Cart", "Cart.java", 11), removed)).isFalse();
    }

    @Test
    void shouldKnowNothingOfUnknownLines() {
        List<PatchedLines> atTheTop = List.of(new PatchedLines("org/example/Cart.java", 1, 0));

        assertThat(found(frame("org.example.Cart", "Cart.java", 0), atTheTop)).isFalse();
        assertThat(found(frame("org.example.Cart", "Cart.java", -2), atTheTop)).isFalse();
    }

    @Test
    void shouldLookAtTheInnermostFrameOfTheServiceOnly() {
        StackFrame library = new StackFrame("java.util.Objects", "requireNonNull", "Objects.java", 233, false);
        StackFrame elsewhere = frame("org.example.Other", "Other.java", 5);
        StackFrame patched = frame("org.example.Cart", "Cart.java", 11);

        assertThat(found(LINES, library, patched)).isTrue();
        assertThat(found(LINES, elsewhere, patched)).isFalse();
    }

    @Test
    void shouldLookAtTheWrappingExceptionWhenTheRootHasNoFrameOfTheService() {
        ExceptionInfo outer = exception("java.lang.IllegalStateException", frame("org.example.Cart", "Cart.java", 11));
        ExceptionInfo root =
                exception("java.io.IOException", new StackFrame("java.io.Reader", "read", "Reader.java", 1, false));

        assertThat(PatchedFrames.find(error(outer, root), LINES)).isPresent();
    }

    private static boolean found(StackFrame frame) {
        return found(frame, LINES);
    }

    private static boolean found(StackFrame frame, List<PatchedLines> lines) {
        return found(lines, frame);
    }

    private static boolean found(List<PatchedLines> lines, StackFrame... frames) {
        return PatchedFrames.find(error(exception(Samples.NULL_POINTER, frames)), lines)
                .isPresent();
    }

    private static ErrorEvent error(ExceptionInfo... chain) {
        return Samples.error("e", START).setExceptions(List.of(chain)).build();
    }

    private static ExceptionInfo exception(String type, StackFrame... frames) {
        return ExceptionInfo.newBuilder()
                .setType(type)
                .setFrames(List.of(frames))
                .build();
    }

    private static StackFrame frame(String module, String file, int line) {
        return new StackFrame(module, "total", file, line, true);
    }
}
