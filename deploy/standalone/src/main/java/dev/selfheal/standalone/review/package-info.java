/** A person's part in the loop: what waits for a decision, read over HTTP, and the decision, sent to its topic. */
package dev.selfheal.standalone.review;
