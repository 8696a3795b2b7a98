/** What can go wrong, and whether trying again can help. */
package dev.selfheal.errors;
