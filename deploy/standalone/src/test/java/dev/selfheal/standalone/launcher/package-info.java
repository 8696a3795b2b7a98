/** The launcher script, tried as a program. */
package dev.selfheal.standalone.launcher;
