/** Source code out of git: a bare mirror per repository, read-only towards the origin, and a plain tree per job. */
package dev.selfheal.source;
