package io.github.czi4j.bench.console;

import io.github.czi4j.model.CziException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;

/** Turns what goes wrong in a command into one line on standard error and an exit status. */
public final class CommandErrors {
    /** All went well. */
    public static final int OK = 0;
    /** The command worked and found something to complain of. */
    public static final int FINDINGS = 1;
    /** The command could not do its work: bad arguments, or a file that cannot be read. */
    public static final int FAILED = 2;

    private CommandErrors() {}

    /**
     * Makes a command line report errors in this way.
     *
     * @param commandLine the command
     * @return the same
     */
    public static CommandLine install(CommandLine commandLine) {
        commandLine.setExecutionExceptionHandler((exception, command, parsed) -> {
            PrintWriter err = command.getErr();
            err.println("czi: " + message(exception));
            if (System.getProperty("czi.trace") != null) {
                exception.printStackTrace(err);
            }
            err.flush();
            return FAILED;
        });
        return commandLine;
    }

    private static String message(Exception exception) {
        if (exception instanceof CziException || exception instanceof IllegalArgumentException) {
            return exception.getMessage();
        }
        if (exception instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file";
        }
        if (exception instanceof IOException) {
            return String.valueOf(exception.getMessage());
        }
        return "internal error, please report it: " + exception;
    }
}
