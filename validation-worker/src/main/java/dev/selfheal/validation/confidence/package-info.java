/** How sure a verdict is: one score, made where the evidence is, and calibrated on how earlier verdicts turned out. */
package dev.selfheal.validation.confidence;
