/**
 * Learns from how healings ended: how often a score of so much was right, and which proposer is right about which type of
 * error. Pure folds over bounded memories; the processor around them only reads, stores and forwards.
 */
package dev.selfheal.analysis.confidence;
