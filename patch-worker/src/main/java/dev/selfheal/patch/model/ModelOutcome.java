package dev.selfheal.patch.model;

import java.util.List;

/** How asking ended. */
public sealed interface ModelOutcome {

    /** What it used, one entry per route that was asked. */
    List<Bill> bills();

    /** A reply that passed its check. */
    record Answered(String route, String model, String text, List<Bill> bills) implements ModelOutcome {
        public Answered {
            bills = List.copyOf(bills);
        }
    }

    /** No key of any route gave a usable reply; the error is the most telling one. */
    record Failed(ModelError error, List<Bill> bills) implements ModelOutcome {
        public Failed {
            bills = List.copyOf(bills);
        }
    }
}
