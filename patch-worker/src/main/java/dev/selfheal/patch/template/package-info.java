/**
 * Template-based repair: fixes that need no model, no key and no network.
 *
 * <p>A {@link dev.selfheal.patch.template.FixTemplate} says what must hold at the failing expression (a
 * {@link dev.selfheal.patch.template.Guard}); a {@link dev.selfheal.patch.template.Placement} says where a check of it can
 * stand. Every candidate is ranked by its context and must prove itself in the sandbox: a template never claims to be right.
 */
package dev.selfheal.patch.template;
