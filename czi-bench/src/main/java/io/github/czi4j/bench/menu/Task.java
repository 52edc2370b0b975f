package io.github.czi4j.bench.menu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Something to do: a command and options of it.
 *
 * @param group heading it stands below
 * @param name short
 * @param hint what it does, in a few words
 * @param command the command's specification
 * @param options those that make it this task
 * @param presetTiles how many tiles these options mean; 0 if they say nothing of them
 */
record Task(String group, String name, String hint, CommandSpec command, List<String> options, int presetTiles) {
    private static final String LOOK = "Look at a file";
    private static final String MEASURE = "Learn why its tiles load slowly";
    private static final String BENCHMARK = "benchmark";
    private static final String PROFILE = "profile";
    private static final String MAX_TILES = "--max-tiles";

    /** Those for which there are commands. */
    static List<Task> of(CommandLine root) {
        List<Task> tasks = new ArrayList<>();
        Map<String, CommandLine> commands = root.getSubcommands();
        add(tasks, commands, LOOK, "Contents", "size, channels, scenes, tiles, compression", "info", List.of());
        add(tasks, commands, LOOK, "Picture", "its mosaic as a PNG", "read", List.of("--stretch"));
        add(tasks, commands, LOOK, "Check", "every segment and tile, for damage", "verify", List.of("--deep"));
        add(tasks, commands, MEASURE, "Quick test", "does parallel loading help?", "quick-test", List.of());
        addProfile(tasks, commands, "Profile, quick", "where the time goes, by 50 tiles", "--quick", 50);
        addProfile(tasks, commands, "Profile, standard", "by 100 tiles; a good start", "--standard", 100);
        addProfile(tasks, commands, "Profile, detailed", "by 200 tiles", "--detailed", 200);
        add(
                tasks,
                commands,
                MEASURE,
                "Benchmark, quick",
                "1, 4 and 8 threads: about a minute",
                BENCHMARK,
                List.of("--quick"));
        add(
                tasks,
                commands,
                MEASURE,
                "Benchmark, medium",
                "all strategies: some minutes",
                BENCHMARK,
                List.of("--medium"));
        add(
                tasks,
                commands,
                MEASURE,
                "Benchmark, full",
                "the whole grid: half an hour or more",
                BENCHMARK,
                List.of("--full"));
        add(tasks, commands, MEASURE, "Tune", "finds and keeps the fastest settings", "tune", List.of());
        return List.copyOf(tasks);
    }

    /** The task that is a command with options of the user's own. */
    static Task plain(CommandLine command) {
        return new Task("", command.getCommandName(), "", command.getCommandSpec(), List.of(), 0);
    }

    private static void add(
            List<Task> tasks,
            Map<String, CommandLine> commands,
            String group,
            String name,
            String hint,
            String command,
            List<String> options) {
        if (commands.containsKey(command)) {
            CommandSpec spec = commands.get(command).getCommandSpec();
            List<String> known = options.stream()
                    .filter(option -> spec.findOption(option) != null)
                    .toList();
            tasks.add(new Task(group, name, hint, spec, known, 0));
        }
    }

    private static void addProfile(
            List<Task> tasks, Map<String, CommandLine> commands, String name, String hint, String preset, int tiles) {
        if (commands.containsKey(PROFILE)) {
            CommandSpec spec = commands.get(PROFILE).getCommandSpec();
            boolean hasPreset = spec.findOption(preset) != null;
            List<String> options = hasPreset ? List.of(preset) : List.of(MAX_TILES, String.valueOf(tiles));
            tasks.add(new Task(MEASURE, name, hint, spec, options, tiles));
        }
    }

    boolean isOf(String name) {
        return command.name().equals(name);
    }

    boolean has(String option) {
        return command.findOption(option) != null;
    }

    /** Whether the command makes a sample where it is given no file. */
    boolean canDoWithoutFile() {
        return !command.positionalParameters().isEmpty()
                && command.positionalParameters().get(0).arity().min() == 0;
    }

    /** Its options when so many tiles are wanted. */
    List<String> withTiles(int tiles) {
        List<String> all = new ArrayList<>(presetTiles == 0 ? options : List.of());
        all.add(MAX_TILES);
        all.add(String.valueOf(tiles));
        return all;
    }
}
