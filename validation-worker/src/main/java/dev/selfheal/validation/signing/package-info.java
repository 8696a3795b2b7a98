/** Keys that sign verdicts from outside this process. */
package dev.selfheal.validation.signing;
