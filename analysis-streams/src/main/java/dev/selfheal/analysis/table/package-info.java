/** Compacted topics that every instance knows as a whole. */
package dev.selfheal.analysis.table;
