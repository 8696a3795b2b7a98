package dev.selfheal.standalone.cli;

import dev.selfheal.standalone.cli.Terminal.Style;
import dev.selfheal.standalone.stack.Stack;
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
}
