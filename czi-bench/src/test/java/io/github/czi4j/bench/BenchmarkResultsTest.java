package io.github.czi4j.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code czi benchmark} leaves behind: its JSON as documented, also when it was interrupted, and comparisons of it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BenchmarkResultsTest {
    private static final Path DOCUMENT = Path.of("../docs/benchmark-json.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    /** Members of other commands' making, or only there when asked for. */
    private static final Set<String> ELSEWHERE = Set.of("diagnosis", "peers");

    @TempDir
    Path folder;

    private Path file;
    private String out;
    private String err;

    @BeforeEach
    void makeSample() throws IOException {
        file = folder.resolve("grid.czi");
        SampleRecipe recipe =
                SampleRecipe.defaults().grid(5, 4).tile(64, 64, 10).pixels(PixelType.GRAY16, Compression.ZSTD1);
        SampleWriter.write(file, recipe, 1, (done, total) -> {});
    }

    private int run(Object... arguments) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        CommandLine commandLine = ProfilerMain.commandLine();
        commandLine.setOut(new PrintWriter(outText));
        commandLine.setErr(new PrintWriter(errText));
        int status = commandLine.execute(
                Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        out = outText.toString();
        err = errText.toString();
        return status;
    }

    private static JsonObject json(Path report) throws IOException {
        return JsonParser.parseString(Files.readString(report)).getAsJsonObject();
    }

    /** Rows of the tables below a heading, up to the next of the same level: first and second cell. */
    private static List<String[]> rows(String heading) throws IOException {
        List<String[]> rows = new ArrayList<>();
        boolean isHere = false;
        for (String line : Files.readAllLines(DOCUMENT)) {
            if (line.startsWith("#")) {
                isHere = line.equals(heading);
            } else if (isHere && line.startsWith("| `")) {
                String[] cells = line.split(" \\| ", 2);
                rows.add(new String[] {cells[0], cells[1]});
            }
        }
        assertFalse(rows.isEmpty(), heading);
        return rows;
    }

    private static Set<String> names(String cell) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = CODE.matcher(cell);
        while (matcher.find()) {
            names.add(matcher.group(1).replaceAll("[\\[\\]{}]", "").replaceFirst("^\\.", ""));
        }
        return names;
    }

    /** Without what is in brackets, which are values or members of members. */
    private static Set<String> outerNames(String cell) {
        return names(cell.replaceAll("\\([^)]*\\)", ""));
    }

    private static void assertMembers(Set<String> documented, JsonObject found, String where) {
        Set<String> missing = new TreeSet<>(documented);
        missing.removeAll(found.keySet());
        missing.removeAll(ELSEWHERE);
        assertEquals(Set.of(), missing, "documented, but not in " + where);
        Set<String> extra = new TreeSet<>(found.keySet());
        extra.removeAll(documented);
        assertEquals(Set.of(), extra, "not documented, but in " + where);
    }

    @Test
    void theJsonIsAsDocumented() throws IOException {
        assumeTrue(Files.exists(DOCUMENT), "docs/benchmark-json.md is not here");
        Path report = folder.resolve("b.json");
        int status = run(
                "benchmark",
                file,
                "--warm-up=0",
                "--repetitions=3",
                "--threads=2",
                "--batch=4",
                "--output",
                report,
                "--strategies=threads,pipeline,processes",
                "--io=mapped,coalesced");
        assertEquals(0, status, () -> err + out);
        JsonObject json = json(report);

        Set<String> top = new HashSet<>();
        for (String[] row : rows("## Both")) {
            names(row[0]).stream().filter(name -> !name.contains(".")).forEach(top::add);
            String name = names(row[0]).iterator().next();
            if (List.of("environment", "file", "request", "amplification").contains(name)) {
                Set<String> members =
                        name.equals("amplification") ? Set.of("subblocks", "bytes", "pixels") : outerNames(row[1]);
                assertMembers(members, json.getAsJsonObject(name), name);
            }
            if (name.equals("file.storage")) {
                assertMembers(outerNames(row[1]), json.getAsJsonObject("file").getAsJsonObject("storage"), name);
            }
        }
        Set<String> ofConfiguration = new HashSet<>();
        JsonObject first = json.getAsJsonArray("configurations").get(0).getAsJsonObject();
        for (String[] row : rows("## `czi benchmark`")) {
            (row[0].startsWith("| `.") ? ofConfiguration : top).addAll(names(row[0]));
            String name = names(row[0]).iterator().next();
            if (name.equals("method")) {
                assertMembers(outerNames(row[1]), json.getAsJsonObject("method"), name);
            } else if (name.equals("memory")) {
                assertMembers(outerNames(row[1]), first.getAsJsonObject("memory"), name);
            } else if (name.equals("samples")) {
                assertMembers(
                        outerNames(row[1]),
                        first.getAsJsonArray("samples").get(0).getAsJsonObject(),
                        name);
            } else if (name.equals("skipped")) {
                JsonObject skipped = json.getAsJsonArray("skipped").get(0).getAsJsonObject();
                assertEquals("2 processes × 4, coalesced", skipped.get("name").getAsString());
                assertMembers(outerNames(row[1]), skipped, name);
            }
        }
        assertMembers(top, json, "the report");
        for (JsonElement configuration : json.getAsJsonArray("configurations")) {
            assertMembers(ofConfiguration, configuration.getAsJsonObject(), "a configuration");
        }
        for (String[] row : rows("### `ceilings`")) {
            String name = names(row[0]).iterator().next();
            JsonElement one =
                    json.getAsJsonObject("ceilings").getAsJsonArray(name).get(0);
            Set<String> members = outerNames(row[1].replaceFirst("^[^:`]*: ", ""));
            assertMembers(members, one.getAsJsonObject(), name);
        }
        assertEquals("sequential", json.get("baseline").getAsString());
        assertEquals("benchmark", json.get("kind").getAsString());
        assertFalse(json.get("partial").getAsBoolean());
        assertTrue(json.get("isConsistent").getAsBoolean());
        assertTrue(json.get("created").getAsString().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"));
        out.lines()
                .filter(line -> !line.contains(folder.toString()))
                .forEach(line -> assertTrue(line.length() <= 80, line));
        assertTrue(out.contains("Left out: 2 processes × 4, coalesced"), out);
        assertTrue(out.contains("Starting the worker processes took"), out);
    }

    @Test
    void coldRunsSayWhetherTheyWereCold() throws IOException {
        Path report = folder.resolve("cold.json");
        assertEquals(
                0,
                run(
                        "benchmark",
                        file,
                        "--quick",
                        "--cold",
                        "--warm-up=0",
                        "--repetitions=3",
                        "--no-ceilings",
                        "--output",
                        report),
                () -> err);
        JsonObject json = json(report);
        assertEquals("cold", json.getAsJsonObject("method").get("pageCache").getAsString());
        assertTrue(out.contains("Page cache: "), out);
        for (JsonElement one : json.getAsJsonArray("configurations")) {
            String state = one.getAsJsonObject().get("pageCache").getAsString();
            JsonElement share = one.getAsJsonObject().get("residentShare");
            assertTrue(share.isJsonNull() ? state.equals("unknown") : !state.equals("unknown"), state);
        }
    }

    @Test
    void resultsAreComparedByASubcommand() throws IOException {
        Path first = folder.resolve("first.json");
        Path second = folder.resolve("second.json");
        for (Path report : List.of(first, second)) {
            assertEquals(
                    0,
                    run(
                            "benchmark",
                            file,
                            "--threads=2",
                            "--batch=4",
                            "--warm-up=0",
                            "--repetitions=6",
                            "--no-ceilings",
                            "--output",
                            report),
                    () -> err);
        }
        assertEquals(0, run("benchmark", "compare", first, first, "--fail-above", "5%"), () -> err + out);
        String words = out.replaceAll("\\s+", " ");
        assertTrue(words.contains("Of 2 configurations 0 became slower, 0 faster, 2 cannot be told apart"), out);
        assertTrue(words.contains("None is slower by more than 5.0 %"), out);

        JsonObject slow = json(second);
        for (JsonElement one : slow.getAsJsonArray("configurations")) {
            for (JsonElement sample : one.getAsJsonObject().getAsJsonArray("samples")) {
                double seconds = sample.getAsJsonObject().get("seconds").getAsDouble();
                sample.getAsJsonObject().addProperty("seconds", 100 * seconds);
            }
        }
        slow.getAsJsonObject("environment").addProperty("cpuModel", "abacus");
        Files.writeString(second, slow.toString());
        assertEquals(1, run("benchmark", "compare", first, second, "--fail-above", "5"), () -> err + out);
        assertTrue(out.replaceAll("\\s+", " ").contains("SLOWER by more than 5.0 %"), out);
        assertTrue(out.contains("abacus"), out);
        out.lines().filter(line -> !line.startsWith("differs")).forEach(line -> assertTrue(line.length() <= 80, line));
        assertEquals(0, run("benchmark", "compare", first, second), "nothing was forbidden");

        assertEquals(1, run("benchmark", "compare", first, second, "--fail-above=5%", "--json"));
        JsonObject comparison = JsonParser.parseString(out).getAsJsonObject();
        assertFalse(comparison.get("isPassed").getAsBoolean());
        assertEquals(
                "slower",
                comparison
                        .getAsJsonArray("configurations")
                        .get(0)
                        .getAsJsonObject()
                        .get("outcome")
                        .getAsString());
    }

    @Test
    void whatCannotBeComparedIsOneLine() throws IOException {
        Path text = Files.writeString(folder.resolve("text.json"), "no JSON at all");
        Path array = Files.writeString(folder.resolve("array.json"), "[1, 2]");
        Path other = Files.writeString(folder.resolve("other.json"), "{\"formatVersion\": 1, \"kind\": \"profile\"}");
        for (Path bad : List.of(text, array, other, folder.resolve("missing.json"), file)) {
            assertEquals(2, run("benchmark", "compare", bad, bad), bad.toString());
            assertEquals(1, err.lines().count(), err);
        }
        assertEquals(2, run("benchmark", "compare", text));
        for (String wrong : List.of("five", "-1%", "%", "NaN")) {
            assertEquals(2, run("benchmark", "compare", other, other, "--fail-above=" + wrong), wrong);
            assertTrue(err.contains("--fail-above"), err);
        }
    }

    @Test
    void anInterruptedRunLeavesWhatItHasAndNoProcess() throws Exception {
        Path report = folder.resolve("partial.json");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ProfilerMain.class.getName(),
                        "benchmark",
                        file.toString(),
                        "--strategies=processes",
                        "--threads=2",
                        "--fork",
                        "--repetitions=1000",
                        "--warm-up=0",
                        "--no-ceilings",
                        "--output=" + report)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile())
                .start();
        Set<ProcessHandle> seen = new HashSet<>();
        try {
            // The baseline's JVM, that of the processes, their two workers; then some of the next round.
            while (process.isAlive() && seen.size() < 6) {
                process.descendants().forEach(seen::add);
                Thread.sleep(20);
            }
        } finally {
            process.destroy();
        }
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        String log = Files.readString(folder.resolve("log.txt"));
        assertTrue(Files.exists(report), log);
        JsonObject json = json(report);
        assertTrue(json.get("partial").getAsBoolean());
        assertTrue(json.getAsJsonArray("configurations").size() >= 1, log);
        assertTrue(log.contains("marked as partial"), log);
        for (ProcessHandle child : seen) {
            child.onExit().get(20, TimeUnit.SECONDS);
        }
    }
}
