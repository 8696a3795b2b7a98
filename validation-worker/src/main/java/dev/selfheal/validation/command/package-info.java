/** Projects of any language whose tests one program runs: what it reports, and how far that is to be believed. */
package dev.selfheal.validation.command;
