/**
 * The read model over HTTP: groups, cases, breakers, key figures, and why a group was not healed. Reads the state stores
 * of this instance and asks the other instances for theirs; changes nothing.
 */
package dev.selfheal.analysis.query;
