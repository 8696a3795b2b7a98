/** Mutants of patched lines: the small wrong changes that a good test of the patch would notice. */
package dev.selfheal.validation.mutation;
