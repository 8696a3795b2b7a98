package dev.selfheal.validation.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.javaparser.StaticJavaParser;
import dev.selfheal.validation.mutation.Mutations.Mutant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MutationsTest {

    @ParameterizedTest
    @CsvSource(delimiterString = "->", textBlock = """
            if (a < 1) { a++; }      -> if (!(a < 1)) { a++; }
            if (a < 1) { a++; }      -> { if (true) { a++; } }
            if (a < 1) { a++; }      -> if ((a <= 1)) { a++; }
            if (a < 1) { a++; }      -> if (a < 1) { ; }
            if (a < 1) { a++; }      -> if (a < (1 + 1)) { a++; }
            boolean b = a>0 && a>1;  -> boolean b = (a>0 || a>1);
            a = a > 2 ? a : 0;       -> a = !(a > 2) ? a : 0;
            String s = "x";          -> String s = "";
            boolean b = true;        -> boolean b = false;
            """)
    void shouldMutate(String line, String mutated) {
        assertThat(of(line, 50)).anySatisfy(mutant -> assertThat(mutant.text()).contains("    " + mutated + "\n"));
    }

    @Test
    void shouldReturnADefaultOfTheMethodsType() {
        String text = "class A {\n  int f(int a) {\n    return a;\n  }\n  String g() {\n    return \"a\";\n  }\n}\n";
        assertThat(Mutations.of(text, StaticJavaParser.parse(text), Set.of(3, 6), 10))
                .extracting(Mutant::text)
                .anyMatch(mutant -> mutant.contains("return (int) 0;"))
                .anyMatch(mutant -> mutant.contains("return null;"));
    }

    @Test
    void shouldMutateNothingOutsideTheChangedLines() {
        String text = "class A {\n  int f(int a) {\n    a++;\n    return a;\n  }\n}\n";
        assertThat(Mutations.of(text, StaticJavaParser.parse(text), Set.of(3), 10))
                .singleElement()
                .satisfies(mutant -> assertThat(mutant.line()).isEqualTo(3));
        assertThat(Mutations.of(text, StaticJavaParser.parse(text), Set.of(), 10))
                .isEmpty();
    }

    @Test
    void shouldKeepToTheBoundWithOneOfEachKindFirst() {
        List<Mutant> mutants = of("if (a < 1 && a < 2 && a < 3) { a++; a--; }", 3);
        assertThat(mutants).hasSize(3);
        assertThat(mutants).extracting(Mutant::what).doesNotHaveDuplicates();
    }

    @Test
    void shouldKeepLineEndsAsTheyAre() {
        String text = "class A {\r\n  void f(int a) {\r\n    a++;\r\n  }\r\n}\r\n";
        assertThat(Mutations.of(text, StaticJavaParser.parse(text), Set.of(3), 10))
                .singleElement()
                .satisfies(mutant -> assertThat(mutant.text()).isEqualTo(text.replace("a++;", ";")));
    }

    private static List<Mutant> of(String line, int most) {
        String text = "class A {\n  void f(int a) {\n    " + line + "\n  }\n}\n";
        return Mutations.of(text, StaticJavaParser.parse(text), Set.of(3), most);
    }
}
