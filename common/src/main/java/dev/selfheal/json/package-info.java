/** What all readers of JSON need: to say what is wrong with it. */
package dev.selfheal.json;
