package dev.selfheal.validation.sandbox;

import dev.selfheal.event.Isolation;

class PlainProcessIT extends AnyIsolationContract {

    @Override
    Isolation isolation() {
        return Isolation.PROCESS;
    }
}
