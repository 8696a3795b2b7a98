package dev.selfheal.validation.sandbox;

import dev.selfheal.event.Isolation;

class UnshareIT extends KernelIsolationContract {

    @Override
    Isolation isolation() {
        return Isolation.UNSHARE;
    }
}
