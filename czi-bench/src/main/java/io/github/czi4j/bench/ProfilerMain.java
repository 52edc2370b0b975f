package io.github.czi4j.bench;

import io.github.czi4j.bench.console.CommandErrors;
import io.github.czi4j.bench.console.Terminal;
import io.github.czi4j.bench.menu.MenuStart;
import io.github.czi4j.bench.place.PathArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The standalone profiler: {@code java -jar czi-profiler.jar FILE}. */
@Command(
        name = "czi-profiler",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Says where the time goes when tiles of a CZI file are loaded.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar czi-profiler.jar slide.czi            the same as profile slide.czi",
            "  java -jar czi-profiler.jar benchmark slide.czi --quick",
            "  java -jar czi-profiler.jar                      asks, on a terminal",
            "  java -jar czi-profiler.jar profile --help"
        })
public final class ProfilerMain {
    private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help", "-V", "--version");

    private ProfilerMain() {}

    /**
     * Runs a command and ends the JVM with its status.
     *
     * @param arguments of the command line
     */
    public static void main(String[] arguments) {
        boolean isAsking = arguments.length == 0 && Terminal.isInteractive();
        System.exit(Terminal.useUtf8(commandLine()).execute(isAsking ? arguments : withCommand(arguments)));
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new ProfilerMain())
                .addSubcommand(new ProfileCommand())
                .addSubcommand(new QuickTestCommand())
                .addSubcommand(new TuneCommand())
                .addSubcommand(new BenchmarkCommand())
                .addSubcommand(new ReportCommand())
                .addSubcommand(new ReportBundleCommand())
                .setCaseInsensitiveEnumValuesAllowed(true);
        String version = ProfilerMain.class.getPackage().getImplementationVersion();
        commandLine.getCommandSpec().version("czi4j profiler " + (version == null ? "unknown" : version));
        MenuStart.install(commandLine, "java -jar czi-profiler.jar", commandLine::execute);
        return CommandErrors.install(PathArguments.install(commandLine));
    }

    /** A file name alone means {@code profile}. */
    static String[] withCommand(String... arguments) {
        if (arguments.length == 0) {
            return new String[] {"--help"};
        }
        boolean isCommand = commandLine().getSubcommands().containsKey(arguments[0]);
        if (isCommand || OWN_OPTIONS.contains(arguments[0])) {
            return arguments;
        }
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(0, "profile");
        return all.toArray(String[]::new);
    }
}
