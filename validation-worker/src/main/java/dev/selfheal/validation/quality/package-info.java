/** How well a patched file reads, compared with what it was: a score and the lint rules behind part of it. Pure. */
package dev.selfheal.validation.quality;
