/** The trusted base of a patch: one commit checked out, built and known, shared by every candidate that applies to it. */
package dev.selfheal.validation.baseline;
