/** The style rules that a project has of its own: where they are, and whether they are safe to apply. */
package dev.selfheal.validation.style;
