/**
 * The past of healing cases. The case's own task remembers only the newest case of a group; here its earlier ones are
 * kept for people's questions, bounded, and each transition is told once to whoever counts.
 */
package dev.selfheal.analysis.archive;
