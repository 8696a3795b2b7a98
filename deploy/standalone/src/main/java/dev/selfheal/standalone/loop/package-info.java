/** Follows one error around the loop by reading the topics, as any outside observer could. */
package dev.selfheal.standalone.loop;
