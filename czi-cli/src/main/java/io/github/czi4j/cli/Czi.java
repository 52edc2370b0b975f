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
        subcommands = {
            InfoCommand.class,
            TilesCommand.class,
            MetadataCommand.class,
            AttachmentsCommand.class,
            ReadCommand.class,
            ExplainCommand.class,
            DigestCommand.class,
            VerifyCommand.class,
            RescueCommand.class,
            ConvertCommand.class,
            StripLabelCommand.class,
            SampleCommand.class,
            BenchmarkCommand.class,
            ProfileCommand.class,
            QuickTestCommand.class,
            TuneCommand.class,
            ReportCommand.class,
            ReportBundleCommand.class,
            HelpCommand.class
        },
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
        System.exit(execute(Terminal.useUtf8(commandLine()), args));
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
        CommandLine commandLine = new CommandLine(new Czi()).setCaseInsensitiveEnumValuesAllowed(true);
        MenuStart.install(commandLine, "czi", arguments -> execute(commandLine, arguments));
        return CommandErrors.install(PathArguments.install(commandLine));
    }

    @Override
    public Integer call() {
        // Who types the bare name wants to know what there is; on a terminal the menu came before.
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandErrors.FAILED;
    }
}
