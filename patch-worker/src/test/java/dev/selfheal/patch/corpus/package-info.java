/**
 * Measures templates on real bugs that were laid out beforehand. Runs nothing in the ordinary build: it needs the folder of
 * cases as the system property {@code selfheal.corpus}.
 */
package dev.selfheal.patch.corpus;
