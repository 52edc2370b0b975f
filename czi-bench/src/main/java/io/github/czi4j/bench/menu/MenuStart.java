package io.github.czi4j.bench.menu;

import io.github.czi4j.bench.console.CommandErrors;
import io.github.czi4j.bench.console.Terminal;
import io.github.czi4j.bench.place.HostPaths;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Brings the menu up where it is wanted: for the bare command on a terminal, and for {@code -i}. */
public final class MenuStart implements IExecutionStrategy {
    /** The option of commands that asks for the rest. */
    public static final String INTERACTIVE = "--interactive";

    private static final String SHORT_INTERACTIVE = "-i";

    /** All names of that option. */
    public static final List<String> INTERACTIVE_NAMES = List.of(INTERACTIVE, SHORT_INTERACTIVE);

    private final CommandLine root;
    private final String program;
    private final ToIntFunction<String[]> runner;
    private final boolean isTerminal;

    private MenuStart(CommandLine root, String program, ToIntFunction<String[]> runner, boolean isTerminal) {
        this.root = root;
        this.program = program;
        this.runner = runner;
        this.isTerminal = isTerminal;
    }

    /**
     * Makes a command ask.
     *
     * @param root with all its subcommands
     * @param program how people call it, for instance {@code java -jar czi-profiler.jar}
     * @param runner runs a command line that the menu makes, and returns its exit status
     * @return the same command
     */
    public static CommandLine install(CommandLine root, String program, ToIntFunction<String[]> runner) {
        return install(root, program, runner, Terminal.isInteractive());
    }

    static CommandLine install(CommandLine root, String program, ToIntFunction<String[]> runner, boolean isTerminal) {
        return root.setExecutionStrategy(new MenuStart(root, program, runner, isTerminal));
    }

    @Override
    public int execute(ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        try {
            if (!parsed.hasSubcommand()) {
                return isTerminal ? menu().show() : new RunLast().execute(parsed);
            }
            ParseResult command = parsed.subcommand();
            if (command.hasMatchedOption(INTERACTIVE) && !command.hasSubcommand()) {
                return showOne(parsed, command);
            }
        } catch (IOException e) {
            throw new ExecutionException(root, String.valueOf(e.getMessage()), e);
        }
        int status = new RunLast().execute(parsed);
        if (isTerminal) {
            remember(parsed.subcommand());
        }
        return status;
    }

    private int showOne(ParseResult parsed, ParseResult command) throws IOException {
        if (!isTerminal) {
            root.getErr().println("czi: " + INTERACTIVE + " asks questions and needs a terminal");
            root.getErr().flush();
            return CommandErrors.FAILED;
        }
        String name = command.commandSpec().name();
        List<String> given = new ArrayList<>(parsed.originalArgs());
        given.subList(0, given.indexOf(name) + 1).clear();
        given.removeIf(INTERACTIVE_NAMES::contains);
        Path file = null;
        for (PositionalParamSpec positional : command.matchedPositionals()) {
            if (positional.getValue() instanceof Path path) {
                file = path;
                given.removeAll(positional.originalStringValues());
            }
        }
        return menu().showOne(name, file, given);
    }

    private Menu menu() {
        Console console = System.console();
        Reader in = console == null
                ? new InputStreamReader(System.in)
                : new InputStreamReader(System.in, console.charset());
        Style style = Style.of(System.getenv(), System.getProperty("os.name", ""));
        Dialog dialog = new Dialog(in, root.getOut(), style);
        Path working = Path.of("").toAbsolutePath();
        FileChoice files =
                new FileChoice(dialog, recent().orElse(null), HostPaths.ofThisProcess(), FileSearch.USUAL, working);
        return new Menu(root, program, dialog, files, runner);
    }

    /** Batch jobs leave no traces: only what somebody does on a terminal is worth remembering. */
    private static void remember(ParseResult command) {
        if (command == null) {
            return;
        }
        for (PositionalParamSpec positional : command.matchedPositionals()) {
            if (positional.getValue() instanceof Path file
                    && file.toString().toLowerCase(Locale.ROOT).endsWith(".czi")
                    && file.toFile().isFile()) {
                recent().ifPresent(list -> list.add(file));
                return;
            }
        }
    }

    private static Optional<RecentFiles> recent() {
        Map<String, String> variables = System.getenv();
        return RecentFiles.ofUser(variables, System.getProperty("user.home", ""));
    }
}
