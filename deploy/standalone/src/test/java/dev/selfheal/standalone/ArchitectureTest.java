package dev.selfheal.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The layout is the map: who may know whom. */
@AnalyzeClasses(packages = "dev.selfheal", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] SERVICES = {
        "dev.selfheal.ingest..", "dev.selfheal.analysis..", "dev.selfheal.patch..", "dev.selfheal.validation.."
    };
    private static final String[] CONTRACT = {
        "dev.selfheal.event..",
        "dev.selfheal.topic..",
        "dev.selfheal.envelope..",
        "dev.selfheal.serde..",
        "dev.selfheal.attestation.."
    };
    private static final String[] COMMON = {
        "dev.selfheal.config..",
        "dev.selfheal.errors..",
        "dev.selfheal.runtime..",
        "dev.selfheal.metrics..",
        "dev.selfheal.source.."
    };

    @ArchTest
    static final ArchRule contractKnowsNothingElseOfOurs = noClasses()
            .that()
            .resideInAnyPackage(CONTRACT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(union(SERVICES, COMMON, "dev.selfheal.embedded..", "dev.selfheal.standalone.."));

    @ArchTest
    static final ArchRule commonKnowsNoService = noClasses()
            .that()
            .resideInAnyPackage(COMMON)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(union(SERVICES, new String[0], "dev.selfheal.embedded..", "dev.selfheal.standalone.."));

    @ArchTest
    static final ArchRule ingestKnowsNoOtherService = alone("dev.selfheal.ingest..");

    @ArchTest
    static final ArchRule analysisKnowsNoOtherService = alone("dev.selfheal.analysis..");

    @ArchTest
    static final ArchRule patchWorkerKnowsNoOtherService = alone("dev.selfheal.patch..");

    @ArchTest
    static final ArchRule validationWorkerKnowsNoOtherService = alone("dev.selfheal.validation..");

    @ArchTest
    static final ArchRule packagesOfAServiceFormNoCircle = slices().matching("dev.selfheal.(*).(*)..")
            .namingSlices("$1.$2")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingPrintsButTheCommandLine = noClasses()
            .that()
            .resideInAnyPackage(union(SERVICES, COMMON))
            .and()
            .resideOutsideOfPackages("dev.selfheal.validation.sandbox..")
            .and()
            .doNotHaveSimpleName("ServiceMain")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule exceptionsSayWhatTheyAre = classes()
            .that()
            .areAssignableTo(Exception.class)
            .should()
            .haveSimpleNameEndingWith("Exception")
            .orShould()
            .haveSimpleNameEndingWith("Failure")
            .orShould()
            .haveSimpleNameEndingWith("Refused");

    private static ArchRule alone(String service) {
        String[] others = java.util.Arrays.stream(SERVICES)
                .filter(s -> !s.equals(service))
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(service)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        union(others, new String[0], "dev.selfheal.embedded..", "dev.selfheal.standalone.."));
    }

    private static String[] union(String[] first, String[] second, String... more) {
        return java.util.stream.Stream.of(first, second, more)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new);
    }
}
