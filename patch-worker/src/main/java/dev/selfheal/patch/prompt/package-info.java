/**
 * What a model is told: instructions first, then the error, the suspected sources, the reproducing test and what became
 * of earlier attempts, each quoted as data that cannot close its own quotation. Pure; bounded in size; secrets are
 * scrubbed once more before anything leaves.
 */
package dev.selfheal.patch.prompt;
