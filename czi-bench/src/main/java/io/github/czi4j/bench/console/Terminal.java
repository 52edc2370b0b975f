package io.github.czi4j.bench.console;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Who is watching, and in which encoding. */
public final class Terminal {
    private Terminal() {}

    /**
     * Makes a command write UTF-8. A batch job often has no locale, and then the JVM would print question marks for bars
     * and ×. Windows keeps its code page.
     *
     * @param commandLine the command
     * @return the same
     */
    public static CommandLine useUtf8(CommandLine commandLine) {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return commandLine;
        }
        return commandLine.setOut(writer(FileDescriptor.out)).setErr(writer(FileDescriptor.err));
    }

    private static PrintWriter writer(FileDescriptor target) {
        // Flushed at the end of each line, so that both streams come in order.
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(target), StandardCharsets.UTF_8), true);
    }

    /**
     * Whether standard input and output are a terminal.
     *
     * @return false in a pipe, a batch job or CI
     */
    public static boolean isInteractive() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Since JDK 22 there is a console even without a terminal, and it says so.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
