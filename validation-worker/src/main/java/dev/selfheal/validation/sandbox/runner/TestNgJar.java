package dev.selfheal.validation.sandbox.runner;

import java.io.File;
import java.util.List;

/** Whether a project has TestNG. Where it has not, TestNG is neither run nor proven honest: that takes time in every run. */
public final class TestNgJar {

    /** The engine's id, and the first segment of its tests' ids. */
    static final String ENGINE = "testng";

    private static final String JAR = "testng";

    private TestNgJar() {}

    /** True when a jar on the class path is called as Maven and Gradle call TestNG's. */
    public static boolean isOn(List<String> classpath) {
        return classpath.stream()
                .map(entry -> entry.substring(entry.lastIndexOf(File.separatorChar) + 1))
                .anyMatch(name -> name.startsWith(JAR) && name.endsWith(".jar"));
    }
}
