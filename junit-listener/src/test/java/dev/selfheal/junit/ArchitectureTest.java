package dev.selfheal.junit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The listener runs in other people's builds: it must bring nothing into them, and not end them. */
@AnalyzeClasses(packages = "dev.selfheal.junit", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule needsTheJdkAndTheJUnitPlatformAlone = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.selfheal.junit", "java..", "org.junit.platform..");

    @ArchTest
    static final ArchRule endsNoBuild = noClasses()
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class);
}
