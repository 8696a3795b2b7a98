/** The {@code selfheal} command: one class per subcommand, what people see, and the exit codes. */
package dev.selfheal.standalone.cli;
