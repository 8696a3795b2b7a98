package dev.selfheal.ingest.grouping;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Packages that are seldom the service's own. Where one is, {@code ingest.in-app.packages} says so. */
final class KnownPackages {

    /** The JDK, language runtimes, test runners and build tools: they call the code, the fault is not theirs. */
    private static final Set<String> PLATFORM = Set.of(
            "java",
            "javax",
            "jdk",
            "sun",
            "com.sun",
            "com.ibm.jvm",
            "org.graalvm",
            "kotlin",
            "kotlinx",
            "_COROUTINE",
            "scala",
            "groovy",
            "org.codehaus.groovy",
            "org.apache.groovy",
            "clojure",
            "org.junit",
            "junit",
            "org.testng",
            "org.spockframework",
            "io.kotest",
            "org.scalatest",
            "net.jqwik",
            "org.apache.maven",
            "org.codehaus.plexus",
            "org.gradle",
            "worker.org.gradle",
            "com.intellij.rt",
            "org.eclipse.jdt.internal",
            "org.apache.tools.ant",
            "org.jacoco",
            "org.pitest",
            "org.scalacheck",
            "munit",
            "sbt",
            "cucumber",
            "io.cucumber",
            "net.serenitybdd",
            "com.google.testing.junit",
            "org.robolectric",
            "org.springframework.test",
            "bsh",
            "org.opentest4j");

    private static final Set<String> LIBRARIES = Set.of(
            "jakarta",
            "akka",
            "android",
            "androidx",
            "antlr",
            "brave",
            "ch.qos.logback",
            "co.elastic",
            "com.amazonaws",
            "com.datastax",
            "com.fasterxml",
            "com.github.benmanes",
            "com.google.common",
            "com.google.gson",
            "com.google.inject",
            "com.google.protobuf",
            "com.google.truth",
            "com.graphql",
            "com.hazelcast",
            "com.jayway",
            "com.microsoft",
            "com.mongodb",
            "com.mysql",
            "com.netflix",
            "com.rabbitmq",
            "com.squareup",
            "com.thoughtworks",
            "com.zaxxer",
            "dev.langchain4j",
            "feign",
            "freemarker",
            "graphql",
            "io.confluent",
            "io.dropwizard",
            "io.grpc",
            "io.helidon",
            "io.javalin",
            "io.jsonwebtoken",
            "io.ktor",
            "io.lettuce",
            "io.micrometer",
            "io.micronaut",
            "io.netty",
            "io.opentelemetry",
            "io.opentracing",
            "io.prometheus",
            "io.quarkus",
            "io.r2dbc",
            "io.reactivex",
            "io.sentry",
            "io.smallrye",
            "io.undertow",
            "io.vertx",
            "net.bytebuddy",
            "net.sf.cglib",
            "net.sf.ehcache",
            "okhttp3",
            "okio",
            "oracle",
            "org.antlr",
            "org.apache.avro",
            "org.apache.axis",
            "org.apache.camel",
            "org.apache.catalina",
            "org.apache.commons",
            "org.apache.coyote",
            "org.apache.cxf",
            "org.apache.flink",
            "org.apache.hadoop",
            "org.apache.hc",
            "org.apache.http",
            "org.apache.ibatis",
            "org.apache.jasper",
            "org.apache.kafka",
            "org.apache.log4j",
            "org.apache.logging",
            "org.apache.lucene",
            "org.apache.pekko",
            "org.apache.pulsar",
            "org.apache.shiro",
            "org.apache.spark",
            "org.apache.struts",
            "org.apache.thrift",
            "org.apache.tomcat",
            "org.apache.xerces",
            "org.apache.zookeeper",
            "org.aspectj",
            "org.assertj",
            "org.bson",
            "org.cglib",
            "org.eclipse.jetty",
            "org.elasticsearch",
            "org.flywaydb",
            "org.glassfish",
            "org.h2",
            "org.hamcrest",
            "org.hibernate",
            "org.hsqldb",
            "org.infinispan",
            "org.jboss",
            "org.jooq",
            "org.liquibase",
            "org.mariadb",
            "org.mockito",
            "org.mozilla.javascript",
            "org.mybatis",
            "org.opensearch",
            "org.osgi",
            "org.postgresql",
            "org.quartz",
            "org.reactivestreams",
            "org.redisson",
            "org.slf4j",
            "org.springframework",
            "org.sqlite",
            "org.testcontainers",
            "org.thymeleaf",
            "org.wildfly",
            "org.xerial",
            "org.xml",
            "org.w3c",
            "org.yaml",
            "play",
            "reactor",
            "redis.clients",
            "retrofit2",
            "rx",
            "software.amazon.awssdk",
            "sttp",
            "zio");

    /** Of these, each package below is a library of its own. */
    private static final Set<String> FAMILIES = Set.of("org.apache.commons");

    /** What calls a test, by reflection. */
    private static final Set<String> TEST_RUNNERS = Set.of("junit", "org.junit", "org.testng", "org.spockframework");

    private static final Set<String> REFLECTION =
            Set.of("java.lang.reflect", "sun.reflect", "jdk.internal.reflect", "java.lang.invoke");

    private static final int LONGEST = Stream.of(PLATFORM, LIBRARIES, TEST_RUNNERS, REFLECTION)
            .flatMap(Set::stream)
            .mapToInt(String::length)
            .max()
            .orElse(0);

    /** What is known of a module. */
    private record Kind(boolean platform, Optional<String> library, boolean testRunner, boolean reflection) {

        static Kind of(String module) {
            return new Kind(
                    find(PLATFORM, module).isPresent(),
                    findLibrary(module),
                    find(TEST_RUNNERS, module).isPresent(),
                    find(REFLECTION, module).isPresent());
        }
    }

    private static final Memo<Kind> KINDS = new Memo<>(Kind::of);

    private KnownPackages() {}

    static boolean isPlatform(String module) {
        return KINDS.of(module).platform();
    }

    /** The library the module is of, by the package that holds all of it. */
    static Optional<String> library(String module) {
        return KINDS.of(module).library();
    }

    static boolean isTestRunner(String module) {
        return KINDS.of(module).testRunner();
    }

    static boolean isReflection(String module) {
        return KINDS.of(module).reflection();
    }

    private static Optional<String> findLibrary(String module) {
        return find(LIBRARIES, module).map(found -> {
            int next = module.indexOf('.', found.length() + 1);
            return FAMILIES.contains(found) && next > 0 ? module.substring(0, next) : found;
        });
    }

    /** Names come from strangers: one of a million dots must not be looked up a million times. */
    private static Optional<String> find(Set<String> packages, String module) {
        int dot = module.indexOf('.');
        while (dot > 0 && dot <= LONGEST) {
            if (packages.contains(module.substring(0, dot))) {
                return Optional.of(module.substring(0, dot));
            }
            dot = module.indexOf('.', dot + 1);
        }
        return Optional.empty();
    }
}
