package io.github.czi4j.cli;

import io.github.czi4j.bench.BenchmarkCommand;
import io.github.czi4j.bench.ProfileCommand;
import io.github.czi4j.bench.QuickTestCommand;
import io.github.czi4j.bench.ReportBundleCommand;
import io.github.czi4j.bench.ReportCommand;
import io.github.czi4j.bench.TuneCommand;
import io.github.czi4j.bench.console.CommandErrors;
import io.github.czi4j.bench.console.Terminal;
import io.github.czi4j.bench.menu.MenuStart;
import io.github.czi4j.bench.place.PathArguments;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code czi}. */
@Command(
        name = "czi",
        description = "Reads ZEISS CZI microscopy files, and tells why their tiles load slowly.",
        mixinStandardHelpOptions = true,
        versionProvider = Czi.Version.class,
        footer = {
            "",
            "Examples:",
            "  czi info slide.czi                       what is in this file",
            "  czi read slide.czi --out slide.png       its mosaic as a picture",
            "  czi verify slide.czi --deep              whether all of it can be read",
            "  czi benchmark slide.czi --quick          how fast its tiles load here",
            "  czi help read                            all about one command",
            "  czi                                      a menu, on a terminal",
            "",
            "Exit status: 0 all is well, 1 something was found to be wrong, 2 the command failed."
        })
public final class Czi implements Callable<Integer> {
    private static final String HELP = "help";

    /** In the order of the overview. */
    private static final List<String> COMMANDS = List.of(
            "info",
            "tiles",
            "metadata",
            "attachments",
            "read",
            "explain",
            "digest",
            "verify",
            "rescue",
            "convert",
            "strip-label",
            "sample",
            "benchmark",
            "profile",
            "quick-test",
            "tune",
            "report",
            "report-bundle",
            HELP);

    @Spec
    private CommandSpec spec;

    /** The version as the build wrote it into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Czi.class.getPackage().getImplementationVersion();
            return new String[] {
                "czi4j " + (version == null ? "(development)" : version) + " on Java " + Runtime.version()
            };
        }
    }

    /**
     * Runs the command and ends the JVM with its exit status.
     *
     * @param args what was typed
     */
    public static void main(String[] args) {
        // Nothing here shows a window, and looking for a display takes time.
        System.setProperty("java.awt.headless", "true");
        System.exit(execute(Terminal.useUtf8(commandLineFor(args)), args));
    }

    /** Runs the command; an error of the JVM is told like any other. */
    static int execute(CommandLine commandLine, String... args) {
        try {
            return commandLine.execute(args);
        } catch (OutOfMemoryError e) {
            commandLine
                    .getErr()
                    .println("czi: out of memory: ask for less (--region, --zoom), or give the JVM more with"
                            + " CZI_JAVA_OPTS=-Xmx8g");
            return CommandErrors.FAILED;
        }
    }

    /** The command with all subcommands. */
    static CommandLine commandLine() {
        return commandLine(COMMANDS);
    }

    /** The command with what some arguments need of it: one subcommand where they begin with it, else all. */
    static CommandLine commandLineFor(String... args) {
        List<String> given = Arrays.asList(args);
        boolean isAlone = !given.isEmpty()
                && COMMANDS.contains(given.get(0))
                && !given.get(0).equals(HELP)
                // The menu may lead anywhere.
                && Collections.disjoint(given, MenuStart.INTERACTIVE_NAMES);
        return commandLine(isAlone ? given.subList(0, 1) : COMMANDS);
    }

    private static CommandLine commandLine(List<String> names) {
        CommandLine commandLine = new CommandLine(new Czi());
        names.forEach(name -> commandLine.addSubcommand(name, command(name)));
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        MenuStart.install(commandLine, "czi", arguments -> execute(commandLine, arguments));
        return CommandErrors.install(PathArguments.install(commandLine));
    }

    /** Nothing of the other commands is loaded: all of them together take longer than most commands. */
    private static Object command(String name) {
        return switch (name) {
            case "info" -> new InfoCommand();
            case "tiles" -> new TilesCommand();
            case "metadata" -> new MetadataCommand();
            case "attachments" -> new AttachmentsCommand();
            case "read" -> new ReadCommand();
            case "explain" -> new ExplainCommand();
            case "digest" -> new DigestCommand();
            case "verify" -> new VerifyCommand();
            case "rescue" -> new RescueCommand();
            case "convert" -> new ConvertCommand();
            case "strip-label" -> new StripLabelCommand();
            case "sample" -> new SampleCommand();
            case "benchmark" -> new BenchmarkCommand();
            case "profile" -> new ProfileCommand();
            case "quick-test" -> new QuickTestCommand();
            case "tune" -> new TuneCommand();
            case "report" -> new ReportCommand();
            case "report-bundle" -> new ReportBundleCommand();
            case HELP -> new HelpCommand();
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Override
    public Integer call() {
        // Who types the bare name wants to know what there is; on a terminal the menu came before.
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandErrors.FAILED;
    }
}
