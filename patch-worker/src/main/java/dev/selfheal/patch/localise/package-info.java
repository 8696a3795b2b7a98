/**
 * Fault localisation: from a stack trace to the statements of the base commit that may be at fault.
 *
 * <p>Files are looked up by name and only those that a frame names are parsed. Reads the source tree, changes nothing.
 */
package dev.selfheal.patch.localise;
