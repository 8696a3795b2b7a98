/**
 * What a deployed patch does to the errors of its service: rates before and after, new groups in patched lines, and the
 * command to take it back. Rules are pure; the processors only read, store and forward.
 */
package dev.selfheal.analysis.regression;
