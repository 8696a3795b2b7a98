/** To be described by its first class. */
package dev.selfheal.analysis;
