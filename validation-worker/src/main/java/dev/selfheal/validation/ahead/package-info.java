/**
 * Work done before anybody has proposed a patch: a case has just opened, so its base commit is built and its tests are run
 * while others look for a fix. Never in the way of a proposal, and never needed: what was not prepared is done when it is asked
 * for.
 */
package dev.selfheal.validation.ahead;
