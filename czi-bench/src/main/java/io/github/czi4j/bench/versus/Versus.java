package io.github.czi4j.bench.versus;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.czi4j.bench.console.CommandErrors;
import io.github.czi4j.bench.console.WholeFile;
import io.github.czi4j.bench.environment.Environment;
import io.github.czi4j.bench.report.JsonReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fills the table of {@code docs/performance.md}; {@code czi-bench/peers/versus.sh} starts it. */
@Command(
        name = "versus",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Measures czi4j beside libCZI, and against the machine.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  czi-bench/peers/versus.sh CORPUS --quick",
            "  czi-bench/peers/versus.sh CORPUS /usr/lib/jvm/java-25 --rows tiles --rows boxes",
            "  czi-bench/peers/versus.sh CORPUS --rows mosaic-zstd1 --merge --docs",
            "",
            "Exit status: 0 measured, 1 a line could not be measured or gave other pixels,",
            "2 could not measure."
        })
final class Versus implements Callable<Integer> {
    private static final String JSON = "versus.json";
    private static final String PLOT = "versus.svg";
    private static final String PART = "versus";

    @Spec
    private CommandSpec spec;

    @Option(names = "--corpus", paramLabel = "FOLDER", required = true, description = "Has the folder bench.")
    private Path corpus;

    @Option(names = "--data", paramLabel = "FOLDER", required = true, description = "Where files are made, and kept.")
    private Path data;

    @Option(names = "--python", paramLabel = "FILE", required = true, description = "Interpreter with pylibCZIrw.")
    private Path python;

    @Option(names = "--scripts", paramLabel = "FOLDER", required = true, description = "Has versus_libczi.py.")
    private Path scripts;

    @Option(names = "--czi", paramLabel = "FILE", required = true, description = "The command czi.")
    private Path czi;

    @Option(names = "--output", paramLabel = "FOLDER", required = true, description = "For the results.")
    private Path output;

    @Option(names = "--docs-folder", paramLabel = "FOLDER", required = true, description = "Has performance.md.")
    private Path docsFolder;

    @Option(names = "--command", paramLabel = "TEXT", defaultValue = "", description = "What the results call it.")
    private String command;

    @Option(names = "--rows", paramLabel = "PATTERN", description = "Only lines that have it in their id or words.")
    private List<String> patterns = new ArrayList<>();

    @Option(names = "--quick", description = "Fewer rounds.")
    private boolean quick;

    @Option(names = "--merge", description = "Keep the other lines of the results that are there.")
    private boolean merge;

    @Option(names = "--docs", description = "Put table and plot into the documents, too.")
    private boolean docs;

    @Option(names = "--list", description = "Name the lines, and do nothing else.")
    private boolean list;

    @Option(names = "--java-options", paramLabel = "OPTIONS", description = "For the JVMs of czi4j.")
    private String javaOptions = "";

    private Versus() {}

    /**
     * Measures, and ends the JVM.
     *
     * @param arguments of the command line
     */
    public static void main(String[] arguments) {
        System.exit(CommandErrors.install(new CommandLine(new Versus())).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Row> rows = Row.all().stream().filter(row -> isMeant(row::isMeant)).toList();
        List<Machine.Test> tests = Stream.of(Machine.Test.values())
                .filter(test -> isMeant(pattern -> Row.isMeant(pattern, test.id, test.work)))
                .toList();
        if (list) {
            rows.forEach(row -> out.printf("%-22s %s%n", row.id(), row.work()));
            tests.forEach(test -> out.printf("%-22s %s%n", test.id, test.work));
            out.flush();
            return CommandErrors.OK;
        }
        if (rows.isEmpty() && tests.isEmpty()) {
            throw new IllegalArgumentException("no line of the table has " + String.join(" or ", patterns) + " in it");
        }
        Files.createDirectories(data);
        Files.createDirectories(output);
        JsonReport.check(output.resolve(JSON));
        JsonObject earlier = merge && Files.exists(output.resolve(JSON)) ? earlier() : null;
        JsonObject results = VersusReport.head();
        results.addProperty("created", now());
        results.addProperty("command", command);
        results.addProperty("effort", quick ? "quick" : "full");
        results.addProperty("javaOptions", javaOptions);
        results.add("environment", Environment.capture().toJson());
        JsonArray figures = new JsonArray();
        results.add("figures", figures);
        // The lock of JMH: two that measure at once measure each other.
        Path lockFile = Path.of(System.getProperty("java.io.tmpdir"), "jmh.lock");
        try (RandomAccessFile file = new RandomAccessFile(lockFile.toFile(), "rw");
                FileChannel channel = file.getChannel()) {
            channel.lock();
            measure(rows, tests, figures, out);
        }
        boolean isFine = true;
        for (var figure : figures) {
            isFine &= isFine(figure.getAsJsonObject());
        }
        if (earlier != null) {
            VersusReport.merge(earlier, results, order());
        }
        write(results, out);
        return isFine ? CommandErrors.OK : CommandErrors.FINDINGS;
    }

    private boolean isMeant(Predicate<String> matches) {
        return patterns.isEmpty() || patterns.stream().anyMatch(matches);
    }

    private static boolean isFine(JsonObject figure) {
        boolean hasValue = figure.has("value");
        return hasValue
                && !(figure.getAsJsonObject("details").has("samePixels")
                        && !figure.getAsJsonObject("details").get("samePixels").getAsBoolean());
    }

    private static List<String> order() {
        return Stream.concat(
                        Row.all().stream().map(Row::id),
                        Stream.of(Machine.Test.values()).map(test -> test.id))
                .toList();
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private void measure(List<Row> rows, List<Machine.Test> tests, JsonArray figures, PrintWriter out) {
        DataFiles files = new DataFiles(corpus, data);
        List<String> options =
                javaOptions.isBlank() ? List.of() : List.of(javaOptions.strip().split("\\s+"));
        Sides sides = new Sides(python, scripts, czi, options);
        Duel duel = new Duel(quick ? Duel.Effort.quick() : Duel.Effort.full());
        Against against = new Against(files, sides, duel);
        Machine machine = new Machine(files, sides, duel, quick ? 8 : 1);
        for (Row row : rows) {
            add(row.id(), row.work(), VersusReport.LIBCZI, figures, out, () -> against.measure(row));
        }
        for (Machine.Test test : tests) {
            add(test.id, test.work, VersusReport.MACHINE, figures, out, () -> List.of(machine.measure(test)));
        }
    }

    /** Measures a line; one that fails is reported, and harms no other. */
    private static void add(
            String line,
            String work,
            String table,
            JsonArray figures,
            PrintWriter out,
            Callable<List<Figure>> measuring) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        List<JsonObject> found = new ArrayList<>();
        try {
            for (Figure figure : measuring.call()) {
                found.add(figure.toJson());
                out.println(figure.words());
            }
        } catch (Exception e) {
            found.add(Figure.failed(line, work, table, String.valueOf(e.getMessage())));
            out.println(line + ": not measured: " + e);
        }
        out.flush();
        for (JsonObject figure : found) {
            figure.addProperty("line", line);
            figure.addProperty("created", now());
            if (load >= 0) {
                figure.addProperty("loadAverage", load);
            }
            figures.add(figure);
        }
    }

    private JsonObject earlier() throws IOException {
        Path file = output.resolve(JSON);
        try {
            JsonObject earlier = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            if (earlier.get("figures") instanceof JsonArray) {
                return earlier;
            }
        } catch (JsonParseException | IllegalStateException e) {
            // Told below.
        }
        throw new IOException(file + ": expected results of versus.sh, to be merged with");
    }

    private void write(JsonObject results, PrintWriter out) throws IOException {
        JsonReport.write(output.resolve(JSON), results);
        String markdown = VersusReport.markdown(results, PLOT);
        write(output.resolve("versus.md"), markdown);
        write(output.resolve(PLOT), RatioPlot.of(results));
        out.println("Written to " + output);
        if (docs) {
            MarkedText.replace(docsFolder.resolve("performance.md"), PART, markdown);
            write(docsFolder.resolve(PLOT), RatioPlot.of(results));
            out.println("Written to " + docsFolder);
        }
        out.flush();
    }

    private static void write(Path file, String text) throws IOException {
        WholeFile.write(file, part -> Files.writeString(part, text, StandardCharsets.UTF_8));
    }
}
