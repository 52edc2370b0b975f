package io.github.czi4j.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.czi4j.bench.console.CommandErrors;
import io.github.czi4j.bench.measure.Comparison;
import io.github.czi4j.bench.report.ComparisonReport;
import io.github.czi4j.bench.report.JsonReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code czi benchmark compare}: whether a later result is slower than an earlier one. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Compares two results of czi benchmark, configuration by configuration, and says what is slower, "
                + "what is faster, and what cannot be told apart.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  czi benchmark compare before.json after.json",
            "  czi benchmark compare before.json after.json --fail-above 5%%    for CI",
            "  czi benchmark compare before.json after.json --json",
            "",
            "Exit status: 0 no complaint, 1 slower than allowed beyond the interval, or other",
            "pixels, 2 could not compare."
        })
public final class CompareCommand implements Callable<Integer> {
    private static final long MAX_BYTES = 256L << 20;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A.json", description = "The first result.")
    private Path first;

    @Parameters(index = "1", paramLabel = "B.json", description = "The second one.")
    private Path second;

    @Option(
            names = "--fail-above",
            paramLabel = "PERCENT",
            description =
                    "Exit with status 1 if a configuration is slower by more than this, for instance 5%%, with all "
                            + "of the interval of its ratio.")
    private String failAbove;

    @Option(names = "--json", description = "Say it as JSON.")
    private boolean json;

    /** For picocli. */
    public CompareCommand() {}

    @Override
    public Integer call() throws IOException {
        OptionalDouble allowed = failAbove == null ? OptionalDouble.empty() : OptionalDouble.of(share(failAbove));
        ComparisonReport report = new ComparisonReport(Comparison.of(read(first), read(second)), allowed);
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? JsonReport.text(report.toJson()) : report.text());
        out.flush();
        return report.isPassed() ? CommandErrors.OK : CommandErrors.FINDINGS;
    }

    static double share(String percent) {
        String number = percent.endsWith("%") ? percent.substring(0, percent.length() - 1) : percent;
        try {
            double value = Double.parseDouble(number);
            if (value >= 0 && value < Double.POSITIVE_INFINITY) {
                return value / 100;
            }
        } catch (NumberFormatException e) {
            // Complained of below.
            number = percent;
        }
        throw new IllegalArgumentException(
                "--fail-above expects a percentage that is not negative, such as 5%, not " + percent);
    }

    private static JsonObject read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + ": too large for a result of czi benchmark");
        }
        try {
            return JsonParser.parseString(Files.readString(file, StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (JsonParseException | IllegalStateException | CharacterCodingException e) {
            throw new IOException(file + ": expected a result of czi benchmark, but this is no JSON object", e);
        }
    }
}
