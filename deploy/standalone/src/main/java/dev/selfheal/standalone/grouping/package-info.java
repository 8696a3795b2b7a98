/** Groups errors from a file as the intake would, so that people see why two errors are one group or two. */
package dev.selfheal.standalone.grouping;
