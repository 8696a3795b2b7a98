/**
 * Takes secrets and personal data out of text: out of errors before anything is published, out of sources and test output
 * before they leave for a model. What was found is counted by kind, never logged.
 */
package dev.selfheal.scrub;
