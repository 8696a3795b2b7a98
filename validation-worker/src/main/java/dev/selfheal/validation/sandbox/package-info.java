/** Where untrusted code runs: compiling and testing in an isolated, limited, one-shot process. */
package dev.selfheal.validation.sandbox;
