package dev.selfheal.validation.sandbox;

import dev.selfheal.validation.sandbox.runner.RunnerMain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs inside the sandbox: the runner package in a jar of its own, so that nothing else of the worker is visible
 * there, and the test framework's jars.
 *
 * @param classpath existing absolute paths
 * @param analysers the same, for the analysis alone; empty when they are not on the worker's class path
 * @param archive its class data, where such may be kept
 */
record RunnerBundle(List<Path> classpath, List<Path> analysers, Optional<ClassArchive> archive) {

    private static final Logger LOG = LoggerFactory.getLogger(RunnerBundle.class);

    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** The tasks that need the analysers. */
    private static final Set<String> ANALYSES = Set.of("analyse", "lint");

    /** One class of every jar of the analysers. */
    private static final List<String> ANALYSERS = List.of(
            "edu.umd.cs.findbugs.FindBugs2",
            "com.h3xstream.findsecbugs.PredictableRandomDetector",
            "edu.umd.cs.findbugs.annotations.NonNull",
            "javax.annotation.meta.When",
            "org.objectweb.asm.ClassReader",
            "org.objectweb.asm.tree.ClassNode",
            "org.objectweb.asm.tree.analysis.Analyzer",
            "org.objectweb.asm.commons.Method",
            "org.objectweb.asm.util.Printer",
            "org.apache.bcel.Const",
            "net.jcip.annotations.Immutable",
            "org.dom4j.Document",
            "org.jaxen.XPath",
            "org.apache.commons.lang3.StringUtils",
            "org.apache.commons.text.StringEscapeUtils",
            "org.apache.commons.io.IOUtils",
            "net.sf.saxon.Configuration",
            "org.xmlresolver.Resolver",
            "org.pcollections.PSet",
            "com.google.gson.Gson",
            "org.antlr.v4.runtime.Lexer",
            "com.github.oowekyala.ooxml.DomUtils",
            "net.sourceforge.pmd.PmdAnalysis",
            "net.sourceforge.pmd.lang.java.JavaLanguageModule",
            "org.slf4j.Logger",
            "com.google.errorprone.BaseErrorProneJavaCompiler",
            "com.google.errorprone.scanner.BuiltInCheckerSuppliers",
            "com.google.errorprone.BugPattern",
            "com.google.errorprone.annotations.Immutable",
            "org.checkerframework.errorprone.dataflow.analysis.Analysis",
            "com.google.common.collect.ImmutableSet",
            "com.google.common.util.concurrent.internal.InternalFutures",
            "com.github.benmanes.caffeine.cache.Caffeine",
            "com.google.auto.common.MoreElements",
            "com.google.auto.value.AutoValue",
            "com.google.protobuf.Message",
            "com.google.googlejavaformat.java.Formatter",
            "blogspot.software_and_algorithms.stern_library.string.DamerauLevenshteinAlgorithm",
            "javax.inject.Inject",
            "com.puppycrawl.tools.checkstyle.Checker",
            "org.apache.commons.beanutils.BeanUtils",
            "org.apache.commons.logging.LogFactory",
            "org.apache.commons.collections.Buffer");

    /** Whether the task cannot do without the analysers. */
    static boolean analyses(String task) {
        return ANALYSES.contains(task);
    }

    /** Packages of the compiler that Error Prone works in. */
    private static final List<String> COMPILER_PACKAGES =
            List.of("api", "code", "comp", "file", "main", "model", "parser", "processing", "tree", "util");

    /** What a JVM for the task has to be told besides. */
    static List<String> jvmOptions(List<String> task) {
        if (!analyses(task.get(0))) {
            return List.of();
        }
        return Stream.of("--add-exports=", "--add-opens=")
                .flatMap(option -> COMPILER_PACKAGES.stream()
                        .map(name -> option + "jdk.compiler/com.sun.tools.javac." + name + "=ALL-UNNAMED"))
                .toList();
    }

    /** Names what runs in a sandbox besides the patch: another runner, framework or analyser has another one. */
    String identity() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Files.readAllBytes(classpath.get(0)));
            for (Path jar : classpath(List.of("analyse"))) {
                digest.update((jar.getFileName() + " " + Files.size(jar)).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the runner cannot be read", e);
        }
    }

    /** The class path of a JVM for the task. */
    List<Path> classpath(List<String> task) {
        List<Path> all = new ArrayList<>(classpath);
        if (analyses(task.get(0))) {
            all.addAll(analysers);
        }
        return List.copyOf(all);
    }

    /** One class of every jar; the jar is wherever the class was loaded from. */
    private static final List<String> FRAMEWORK = List.of(
            "org.junit.platform.launcher.Launcher",
            "org.junit.platform.engine.TestEngine",
            "org.junit.platform.commons.JUnitException",
            "org.junit.jupiter.api.Test",
            "org.junit.jupiter.params.ParameterizedTest",
            "org.junit.jupiter.engine.JupiterTestEngine",
            "org.junit.vintage.engine.VintageTestEngine",
            "org.junit.Test",
            "org.hamcrest.Matcher",
            "org.opentest4j.AssertionFailedError");

    /**
     * Writes the runner's jar.
     *
     * @param folder for this start alone
     * @param archives where class data is kept over starts; empty for no such thing
     */
    static RunnerBundle prepare(Path folder, Optional<Path> archives, Path javaHome) throws IOException {
        Set<Path> framework = new LinkedHashSet<>();
        for (String name : FRAMEWORK) {
            try {
                framework.add(origin(Class.forName(name, false, RunnerBundle.class.getClassLoader())));
            } catch (ClassNotFoundException e) {
                throw new IOException("the test framework is not on the worker's classpath: " + name, e);
            }
        }
        byte[] runner = runnerJar();
        if (archives.isEmpty()) {
            return new RunnerBundle(classpath(folder, runner, framework), findAnalysers(), Optional.empty());
        }
        Path lasting = ClassArchive.folder(archives.get(), javaHome, runner, framework);
        return new RunnerBundle(
                classpath(lasting, runner, framework), findAnalysers(), Optional.of(ClassArchive.in(lasting)));
    }

    private static List<Path> classpath(Path folder, byte[] runner, Set<Path> framework) throws IOException {
        Path jar = folder.resolve("runner.jar");
        if (!Files.exists(jar) || !Arrays.equals(Files.readAllBytes(jar), runner)) {
            Path fresh = Files.createTempFile(folder, "runner", ".jar");
            Files.write(fresh, runner);
            Files.move(fresh, jar, StandardCopyOption.ATOMIC_MOVE);
        }
        List<Path> classpath = new ArrayList<>(List.of(jar));
        classpath.addAll(framework);
        return List.copyOf(classpath);
    }

    /** The same bytes for the same classes. */
    private static byte[] runnerJar() throws IOException {
        Path origin = origin(RunnerMain.class);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes)) {
            if (Files.isDirectory(origin)) {
                copyRunner(origin, out);
            } else {
                try (FileSystem inside = FileSystems.newFileSystem(URI.create("jar:" + origin.toUri()), Map.of())) {
                    copyRunner(inside.getPath("/"), out);
                }
            }
        }
        return bytes.toByteArray();
    }

    private static void copyRunner(Path root, JarOutputStream out) throws IOException {
        Path runner = root.resolve(RunnerMain.class.getPackageName().replace('.', '/'));
        try (Stream<Path> classes = Files.list(runner)) {
            for (Path file : classes.sorted().toList()) {
                JarEntry entry = new JarEntry(root.relativize(file).toString());
                entry.setTimeLocal(EPOCH);
                out.putNextEntry(entry);
                try (InputStream in = Files.newInputStream(file)) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
    }

    private static List<Path> findAnalysers() throws IOException {
        Set<Path> jars = new LinkedHashSet<>();
        for (String name : ANALYSERS) {
            try {
                jars.add(origin(Class.forName(name, false, RunnerBundle.class.getClassLoader())));
            } catch (ClassNotFoundException e) {
                LOG.warn("no static analysis: the class path has no {}", name);
                return List.of();
            }
        }
        return List.copyOf(jars);
    }

    private static Path origin(Class<?> type) throws IOException {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toRealPath();
        } catch (URISyntaxException e) {
            throw new IOException("cannot find the jar of " + type.getName(), e);
        }
    }
}
