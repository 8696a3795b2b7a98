package dev.selfheal.validation.style;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckstyleRulesTest {

    private static final String STANDARD = "<?xml version=\"1.0\"?><!DOCTYPE module PUBLIC"
            + " \"-//Checkstyle//DTD Checkstyle Configuration 1.3//EN\""
            + " \"https://checkstyle.org/dtds/configuration_1_3.dtd\">";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<module name=\"TreeWalker\"><module name=\"MagicNumber\"/></module>",
                "<module name=\"com.puppycrawl.tools.checkstyle.checks.NewlineAtEndOfFileCheck\"/>",
                "<module name=\"SuppressionFilter\"><property name=\"file\" value=\"${config_loc}/no.xml\"/></module>",
                "<module name=\"LineLength\"><property name=\"max\" value=\"${max}\" default=\"100\"/></module>",
                "<module name=\"RegexpSingleline\"><property name=\"format\" value=\"https?://\"/><message key=\"a\" value=\"b\"/></module>"
            })
    void shouldTakeCheckstylesOwnModulesAndFilesOfTheTree(String modules) {
        assertThat(CheckstyleRules.objection(STANDARD + checker(modules))).isEmpty();
        assertThat(CheckstyleRules.objection(checker(modules))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <module name="org.example.Evil"/>                                                     | not Checkstyle
            <module name="dev.selfheal.validation.sandbox.runner.RunnerMain"/>                    | not Checkstyle
            <module name="SuppressionFilter"><property name="file" value="/etc/passwd"/></module> | outside of the tree
            <module name="SuppressionFilter"><property name="file" value="${config_loc}/../../../x"/></module> | outside of the tree
            <module name="SuppressionFilter"><property name="file" value="http://example.org/x"/></module> | outside of the tree
            <module name="Header"><property name="headerFile" value="${home}" default="file:/x"/></module> | outside of the tree
            <module name="LineLength"><property name="max" value="${user.home}"/></module>        | only the build knows
            <script/>                                                                             | an element script
            <module name="TreeWalker">                                                            | must start and end
            """)
    void shouldRefuseWhatReachesFurther(String modules, String why) {
        assertThat(CheckstyleRules.objection(STANDARD + checker(modules)))
                .hasValueSatisfying(said -> assertThat(said).contains(why));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE module [<!ENTITY a \"b\">]>",
                "<!DOCTYPE module [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>",
                "<!DOCTYPE module [<!ENTITY % a SYSTEM \"http://example.org/x\"> %a;]>"
            })
    void shouldRefuseEntities(String doctype) {
        assertThat(CheckstyleRules.objection(doctype + checker("")))
                .hasValueSatisfying(said -> assertThat(said).contains("declare the entity"));
    }

    @Test
    void shouldRefuseWhatIsNoConfiguration() {
        assertThat(CheckstyleRules.objection("<module/>")).isPresent();
        assertThat(CheckstyleRules.objection("<module name=\"TreeWalker\"/>")).isPresent();
        assertThat(CheckstyleRules.objection("")).isPresent();
        assertThat(CheckstyleRules.objection(" ".repeat((1 << 20) + 1))).isPresent();
    }

    private static String checker(String modules) {
        return "<module name=\"Checker\">" + modules + "</module>";
    }
}
