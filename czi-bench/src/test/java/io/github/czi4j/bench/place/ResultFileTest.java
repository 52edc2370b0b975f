package io.github.czi4j.bench.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 6, 4, 3, 2);

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();

    private Path reserve(Path... folders) throws IOException {
        return ResultFile.reserve("benchmark_results", List.of(folders), NOW, notes::add);
    }

    @Test
    void theNameHasTheTimeAndIsNeverUsedTwice() throws IOException {
        Path first = reserve(folder);
        assertEquals(folder.resolve("benchmark_results_20261106_040302.json"), first);
        assertTrue(Files.notExists(first));
        // Reserved, though not written yet.
        assertEquals(
                "benchmark_results_20261106_040302_2.json",
                reserve(folder).getFileName().toString());
        // Written, and the reservation gone.
        Path third = folder.resolve("benchmark_results_20261106_040302_3.json");
        Files.writeString(third, "{}");
        assertEquals(
                "benchmark_results_20261106_040302_4.json",
                reserve(folder).getFileName().toString());
        assertTrue(Files.notExists(folder.resolve("." + third.getFileName() + ".reserved")));
        assertEquals(List.of(), notes);
    }

    @Test
    void aClosedFolderIsPassedOverAndTold() throws IOException {
        Path missing = folder.resolve("none");
        Path file = Files.writeString(folder.resolve("file"), "");
        Path open = Files.createDirectory(folder.resolve("open"));
        assertEquals(open, reserve(missing, file, open, folder).getParent());
        assertEquals(List.of("cannot write to " + missing + " (no such folder): the results go to " + open), notes);
        assertThrows(IOException.class, () -> reserve(missing, file));
    }

    @Test
    void resultsBelongBesideTheDataAndElseWhereWorkIsDone() {
        List<Path> folders = ResultFile.folders(folder.resolve("x.czi"));
        assertEquals(folder, folders.get(0));
        assertEquals(Path.of("").toAbsolutePath(), folders.get(1));
        assertEquals(Path.of(System.getProperty("java.io.tmpdir")), folders.get(folders.size() - 1));
        assertEquals(Path.of("").toAbsolutePath(), ResultFile.folders(null).get(0));
    }
}
