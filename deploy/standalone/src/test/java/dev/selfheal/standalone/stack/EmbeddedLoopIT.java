package dev.selfheal.standalone.stack;

import dev.selfheal.embedded.ClusterOptions.BrokerProcess;

/** The loop on the embedded broker. */
class EmbeddedLoopIT extends HealingLoopContract {

    @Override
    StackOptions options() {
        return StackOptions.standard().brokerProcess(BrokerProcess.IN_JVM).build();
    }
}
