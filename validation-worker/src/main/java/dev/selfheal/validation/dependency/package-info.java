/** Third-party code a patch would bring in: what is added, and what is known against it. */
package dev.selfheal.validation.dependency;
