package io.github.czi4j.bench.menu;

import io.github.czi4j.bench.console.CommandErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import picocli.CommandLine;

/** Asks what to do, shows the command line for it, and runs that. */
final class Menu {
    private static final String HELP = "h";
    private static final String STARTING_POINT = "--standard";
    private static final int NAME = 20;

    private final CommandLine root;
    private final String program;
    private final Dialog dialog;
    private final FileChoice files;
    private final ToIntFunction<String[]> runner;

    /**
     * Makes a menu ready.
     *
     * @param root the command with its subcommands
     * @param program how people call it
     * @param dialog where questions go
     * @param files the question for the file
     * @param runner runs a command line and returns its exit status
     */
    Menu(CommandLine root, String program, Dialog dialog, FileChoice files, ToIntFunction<String[]> runner) {
        this.root = root;
        this.program = program;
        this.dialog = dialog;
        this.files = files;
        this.runner = runner;
    }

    /**
     * Shows the menu until the user leaves.
     *
     * @return 0
     */
    int show() throws IOException {
        List<Task> tasks = Task.of(root);
        dialog.say(dialog.style().heading("czi4j") + ": what is in CZI files, and why their tiles load slowly");
        boolean isWanted = true;
        while (isWanted) {
            try {
                Optional<Task> task = choose(tasks);
                if (task.isEmpty()) {
                    root.usage(root.getOut());
                    root.getOut().flush();
                } else {
                    run(task.get(), files.ask(task.get().canDoWithoutFile()), List.of());
                }
                dialog.say("");
                dialog.pause("Enter for the menu, q to leave");
            } catch (Leave e) {
                isWanted = e.isBack();
            }
        }
        return CommandErrors.OK;
    }

    /**
     * Asks what one command leaves open and runs it.
     *
     * @param command its name
     * @param file the file where it is given, else null
     * @param given further options as they were typed
     * @return its exit status, 0 if the user leaves before
     */
    int showOne(String command, Path file, List<String> given) throws IOException {
        List<Task> tasks =
                Task.of(root).stream().filter(task -> task.isOf(command)).toList();
        boolean isPreset = tasks.stream()
                .flatMap(task -> task.options().stream())
                .filter(option -> option.startsWith("--"))
                .anyMatch(given::contains);
        try {
            CommandLine commandLine = root.getSubcommands().get(command);
            Optional<Task> chosen = isPreset || tasks.isEmpty() ? Optional.of(Task.plain(commandLine)) : choose(tasks);
            if (chosen.isEmpty()) {
                commandLine.usage(root.getOut());
                return CommandErrors.OK;
            }
            Task task = chosen.get();
            Optional<FileLook> look =
                    file == null ? files.ask(task.canDoWithoutFile()) : Optional.of(FileLook.of(file));
            return run(task, look, given);
        } catch (Leave e) {
            return CommandErrors.OK;
        }
    }

    /** A task, or empty for the help. */
    private Optional<Task> choose(List<Task> tasks) throws IOException, Leave {
        Style style = dialog.style();
        String group = "";
        int usual = 1;
        for (int i = 0; i < tasks.size(); i++) {
            Task task = tasks.get(i);
            if (!task.group().equals(group)) {
                dialog.say("");
                group = task.group();
                dialog.say(style.heading(group));
            }
            dialog.say(style.key(String.format("%4d", i + 1)) + "  " + Dialog.padded(task.name(), NAME)
                    + style.faint(task.hint()));
            if (task.options().contains(STARTING_POINT) || task.presetTiles() == 100) {
                usual = i + 1;
            }
        }
        dialog.say("");
        dialog.say(style.key("   h") + "  " + Dialog.padded("Help", NAME) + style.key("q") + " leaves, "
                + style.key("b") + " goes back, at any question");
        dialog.say("");
        int number = usual;
        return dialog.ask("What", String.valueOf(number), answer -> {
                    if (answer.equals(HELP)) {
                        return Optional.<Task>empty();
                    }
                    int chosen = Dialog.number(answer, 1);
                    if (chosen > tasks.size()) {
                        throw new IllegalArgumentException("1 to " + tasks.size() + ", h or q, please");
                    }
                    return Optional.of(tasks.get(chosen - 1));
                })
                .orElseGet(() -> Optional.of(tasks.get(number - 1)));
    }

    private int run(Task task, Optional<FileLook> file, List<String> given) throws IOException, Leave {
        file.ifPresent(look -> dialog.say(dialog.style()
                .faint(Dialog.shortened(String.valueOf(look.path().getFileName()), 24) + ": " + look.summary())));
        List<String> arguments = new Questions(dialog).ask(task, file, given);
        dialog.say("");
        dialog.say(dialog.style().faint("This is the command:"));
        dialog.say(dialog.style().heading(ShellWords.commandLine(program, arguments, Dialog.WIDTH)));
        dialog.say("");
        int status = runner.applyAsInt(new ArrayList<>(arguments).toArray(String[]::new));
        if (status != CommandErrors.OK) {
            dialog.complain(
                    status == CommandErrors.FINDINGS
                            ? "It worked and found something to complain of: see above (exit status 1)."
                            : "It failed: see above (exit status " + status + ").");
        }
        return status;
    }
}
