package dev.selfheal.patch;

import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.BudgetPolicy;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.Lane;
import dev.selfheal.event.Reproduction;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.event.StackFrame;
import dev.selfheal.event.TriggerPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A small service with a bug: a customer without an address. Line 6 of Invoice.java dereferences what may be null. */
final class Shop {

    static final String SERVICE = "shop";
    static final String FILE = "src/main/java/org/example/shop/Invoice.java";

    static final String SOURCE = """
            package org.example.shop;

            public final class Invoice {

                public int labelLength(String address) {
                    int length = address.trim().length();
                    return length;
                }
            }
            """;

    static final String TEST = """
            package org.example.shop;

            import static org.junit.jupiter.api.Assertions.assertEquals;

            import org.junit.jupiter.api.Test;

            class InvoiceTest {

                @Test
                void shouldHaveNoLabelWithoutAddress() {
                    assertEquals(0, new Invoice().labelLength(null));
                }
            }
            """;

    /** What a good model would answer. */
    static final String REPLY = """
            The address may be missing, and a missing address has an empty label.

            src/main/java/org/example/shop/Invoice.java
            <<<<<<< SEARCH
                    int length = address.trim().length();
            =======
                    int length = address == null ? 0 : address.trim().length();
            >>>>>>> REPLACE
            """;

    private Shop() {}

    static void writeTo(Path root) {
        write(root.resolve(FILE), SOURCE);
        write(root.resolve("src/test/java/org/example/shop/InvoiceTest.java"), TEST);
        write(root.resolve("pom.xml"), "<project/>\n");
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HealingPolicy policy(String url, String... providers) {
        return HealingPolicy.newBuilder()
                .setService(SERVICE)
                .setSource(SourceRepository.newBuilder().setUrl(url).build())
                .setTrigger(TriggerPolicy.newBuilder().build())
                .setAutonomy(AutonomyPolicy.newBuilder().build())
                .setBudget(BudgetPolicy.newBuilder().build())
                .setProviders(List.of(providers))
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }

    static ErrorEvent error() {
        return ErrorEvent.newBuilder()
                .setEventId("event-1")
                .setGroup("v1:00112233445566778899aabbccddeeff")
                .setService(SERVICE)
                .setOccurredAt(Instant.EPOCH)
                .setReceivedAt(Instant.EPOCH)
                .setExceptions(List.of(ExceptionInfo.newBuilder()
                        .setType("java.lang.NullPointerException")
                        .setMessage("Cannot invoke \"String.trim()\" because \"address\" is null")
                        .setFrames(List.of(frame("org.example.shop.Invoice", "labelLength", "Invoice.java", 6)))
                        .build()))
                .setReproduction(Reproduction.newBuilder()
                        .setSelector("org.example.shop.InvoiceTest#shouldHaveNoLabelWithoutAddress")
                        .build())
                .build();
    }

    static StackFrame frame(String type, String method, String file, int line) {
        return StackFrame.newBuilder()
                .setModule(type)
                .setFunction(method)
                .setFile(file)
                .setLine(line)
                .setInApp(true)
                .build();
    }

    static HealingRequest request(String caseId, Instant deadline) {
        return HealingRequest.newBuilder()
                .setCaseId(caseId)
                .setGroup(error().getGroup())
                .setService(SERVICE)
                .setAttempt(1)
                .setMaxAttempts(3)
                .setLane(Lane.NORMAL)
                .setRequestedAt(deadline.minusSeconds(60))
                .setDeadline(deadline)
                .setEvent(error())
                .build();
    }
}
