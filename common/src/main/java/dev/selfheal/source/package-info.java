/**
 * Source code out of git: a bare mirror per repository, read-only towards the origin, and a plain tree per job. Fetching
 * is the installed git's work (its transports, its credentials); reading objects is JGit's.
 */
package dev.selfheal.source;
