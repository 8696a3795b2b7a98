/** Patch proposal in, signed verdict out. This package wires the worker; the rooms below do the work. */
package dev.selfheal.validation;
