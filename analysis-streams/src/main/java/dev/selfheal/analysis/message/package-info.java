/** Messages whose ids and times follow from what caused them, so that replaying the topics gives the same bytes. */
package dev.selfheal.analysis.message;
