package dev.selfheal.standalone.cli;

import dev.selfheal.standalone.cli.Terminal.Style;
import dev.selfheal.standalone.stack.Stack;
import dev.selfheal.standalone.stack.StackOptions;
import dev.selfheal.validation.Workbench;

/** Where everything of a running stack is. */
final class StackView {

    private StackView() {}

    static void show(Stack stack, Workbench workbench, Timeline timeline) {
        timeline.step(Style.GREEN, "ready", "sandbox " + workbench.sandbox().isolation());
        timeline.detail("Kafka     " + stack.bootstrapServers());
        timeline.detail("registry  " + stack.registryUrl());
        timeline.detail("errors    " + stack.ingestUrl().resolve("/v1/errors"));
        timeline.detail("read      " + stack.queryUrl().resolve("/v1/groups"));
        timeline.detail("health    " + stack.opsUrl().resolve("/health/ready"));
        timeline.detail("metrics   " + stack.opsUrl().resolve("/metrics"));
        timeline.detail("key       " + stack.publicKey());
        timeline.detail("clients   --config " + stack.clientProperties());
    }

    /** What it was started with, as far as that is not seen otherwise. */
    static void showOptions(Stack stack, StackOptions options, Timeline timeline) {
        options.intake().projects().ifPresent(file -> timeline.detail("keys      of " + file));
        if (options.intake().jsonTopic()) {
            timeline.detail("JSON      " + stack.topics().jsonErrorEvents().name());
        }
        options.models().ifPresent(file -> timeline.detail("models    of " + file));
    }
}
