/** Patches that attack: what each tries, what refuses it before it runs, what holds it when it runs all the same. */
package dev.selfheal.validation.hostile;
