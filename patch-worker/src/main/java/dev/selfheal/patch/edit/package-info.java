/**
 * Edits as data: source text that survives a round trip byte for byte, minimal line hunks, and the tolerant reading of
 * edits in models' replies. Pure: reads files, writes none.
 *
 * <p>Audience: the template and model providers of this worker.
 */
package dev.selfheal.patch.edit;
