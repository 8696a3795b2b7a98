package dev.selfheal.patch.template;

import dev.selfheal.patch.localise.FaultSite;
import java.util.List;
import java.util.Set;

/** One known way to mend one kind of fault. Stateless and pure. */
public interface FixTemplate {

    /** Stable, lower case with hyphens; recorded as the origin of a patch. */
    String id();

    String displayName();

    /** A few sentences for people: when it applies and what it changes. */
    String description();

    /** Fully qualified types of the root cause it answers to. */
    Set<String> exceptionTypes();

    /** Edits for this site, in no order; empty when the template finds nothing to hold on to. */
    List<TemplateEdit> propose(FaultSite site, ErrorInfo error);
}
