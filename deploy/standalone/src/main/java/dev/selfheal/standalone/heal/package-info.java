/** One healing from a failing test or a stack trace to its end, through the topics of a running stack. */
package dev.selfheal.standalone.heal;
