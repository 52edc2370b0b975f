package io.github.czi4j.bench.console;

import java.io.Console;

/** Whether somebody is watching. */
public final class Terminal {
    private Terminal() {}

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
