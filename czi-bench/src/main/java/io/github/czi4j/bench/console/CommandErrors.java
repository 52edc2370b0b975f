package io.github.czi4j.bench.console;

import io.github.czi4j.model.CziException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

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
        commandLine.setParameterExceptionHandler((exception, arguments) -> {
            CommandLine command = exception.getCommandLine();
            command.getErr().println("czi: " + usageMessage(exception));
            command.getErr().flush();
            return FAILED;
        });
        return commandLine;
    }

    /** What is wrong with the arguments. The usage would push it off the screen, so that it is only pointed to. */
    private static String usageMessage(ParameterException exception) {
        CommandLine command = exception.getCommandLine();
        List<String> similar =
                exception instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        return oneLine(exception.getMessage())
                + (similar.isEmpty() ? "" : "; similar: " + String.join(", ", similar))
                + " (see '" + command.getCommandSpec().qualifiedName() + " --help')";
    }

    private static String message(Exception exception) {
        return oneLine(plainMessage(exception));
    }

    /** Messages quote what files and libraries say, which may hold anything. */
    private static String oneLine(String text) {
        return String.valueOf(text).replaceAll("\\R+", " ").replaceAll("\\p{Cntrl}", "?");
    }

    private static String plainMessage(Exception exception) {
        if (exception instanceof CziException || exception instanceof IllegalArgumentException) {
            return exception.getMessage();
        }
        if (exception instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file";
        }
        if (exception instanceof AccessDeniedException denied) {
            return denied.getFile() + ": no permission";
        }
        if (exception instanceof FileAlreadyExistsException existing && existing.getReason() == null) {
            // The message would be the bare path.
            return existing.getFile() + ": exists already";
        }
        if (exception instanceof IOException) {
            return String.valueOf(exception.getMessage());
        }
        return "internal error, please report it: " + exception;
    }
}
