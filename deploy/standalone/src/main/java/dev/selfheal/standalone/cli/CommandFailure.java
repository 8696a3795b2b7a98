package dev.selfheal.standalone.cli;

/** The command cannot do what was asked. The message is the one line people read: what, and what to do. */
final class CommandFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    static CommandFailure failure(String message) {
        return new CommandFailure(ExitCode.FAILURE, message, null);
    }

    static CommandFailure failure(String message, Throwable cause) {
        return new CommandFailure(ExitCode.FAILURE, message, cause);
    }

    static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message, null);
    }

    int exitCode() {
        return exitCode;
    }
}
