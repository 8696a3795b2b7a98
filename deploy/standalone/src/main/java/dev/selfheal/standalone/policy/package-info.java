/** The policy a local run heals under: sensible defaults, overlaid with the user's file. */
package dev.selfheal.standalone.policy;
