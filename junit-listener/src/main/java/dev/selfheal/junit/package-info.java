/**
 * For the test class path of other people's builds: each failing test is sent to the intake, with the test as its
 * reproduction. Never fails a build, never holds one up for longer than a few seconds, does nothing unless asked to.
 */
package dev.selfheal.junit;
