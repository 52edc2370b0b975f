package io.github.czi4j.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SavedResultsTest {
    @TempDir
    Path folder;

    private List<Path> results() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void resultsLieBesideTheFileUnderNamesOfTheirOwn() throws IOException {
        Path file = folder.resolve("x.czi");
        SampleWriter.write(file, SampleRecipe.defaults().grid(2, 2).tile(32, 32, 4), 1, (done, total) -> {});
        StringWriter out = new StringWriter();
        CommandLine commandLine = ProfilerMain.commandLine().setOut(new PrintWriter(out));
        for (int run = 1; run <= 2; run++) {
            assertEquals(0, commandLine.execute("profile", file.toString(), "--warm-up=0", "--save"));
            assertEquals(run, results().size());
        }
        for (Path result : results()) {
            assertTrue(
                    result.getFileName().toString().matches("profile_results_\\d{8}_\\d{6}(_2)?\\.json"),
                    result.toString());
            assertTrue(out.toString().contains("Written to " + result), out.toString());
            assertTrue(JsonParser.parseString(Files.readString(result))
                    .getAsJsonObject()
                    .has("wallSeconds"));
        }
    }
}
