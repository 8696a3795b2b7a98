/** From structured edits to a patched tree: strict application, the canonical unified diff, and git's own tree id. */
package dev.selfheal.validation.edit;
