package dev.selfheal.patch.template;

import dev.selfheal.patch.localise.FaultSite;
import java.util.List;

/** One way to put a check into the code around a failing expression. Stateless and pure. */
interface Placement {

    /** Edits that keep the guard's expression from being evaluated when it would throw; empty where this way is not open. */
    List<TemplateEdit> place(FaultSite site, Guard guard);
}
