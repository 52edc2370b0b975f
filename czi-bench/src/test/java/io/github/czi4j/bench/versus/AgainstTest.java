package io.github.czi4j.bench.versus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.czi4j.bench.versus.DataFiles.Data;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With this reader in the place of libCZI. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class AgainstTest {
    private static final Duel DUEL = new Duel(new Duel.Effort(0, 3, 0, 3, 30));

    @TempDir
    private Path folder;

    private DataFiles files;

    @BeforeEach
    void makeTiles() throws IOException {
        Path bench = Files.createDirectory(folder.resolve("bench"));
        DataFilesTest.tiles(bench.resolve("tiles_gray16_jxrll.czi"));
        files = new DataFiles(folder, folder);
    }

    /** What stands for Python: a script whose line is given. */
    private Sides sides(String line) throws IOException {
        Path script = folder.resolve("python");
        Files.writeString(script, "#!/bin/sh\n" + line + "\n");
        assertTrue(script.toFile().setExecutable(true));
        return new Sides(script, folder, script, List.of());
    }

    private static String java(Class<?> main) {
        return "exec '" + System.getProperty("java.home") + "/bin/java' -cp '" + System.getProperty("java.class.path")
                + "' " + main.getName();
    }

    private static Row row(Row.Kind kind, double both) {
        return new Row("some-id", "some work", kind, Data.JXR_GRAY16, 1, both);
    }

    @Test
    void aLineHasItsRatiosAndWhatTheMachineGives() throws IOException {
        Against against = new Against(files, sides(java(VersusAdapter.class)), DUEL);
        List<Figure> figures = against.measure(row(Row.Kind.TILES, 0.5));
        assertEquals(
                List.of("some-id", "some-id", "scaling-some-id", "allocation-some-id"),
                figures.stream().map(Figure::id).toList());
        for (Figure ratio : figures.subList(0, 2)) {
            // The same reader on both sides, whose code is not compiled yet.
            assertTrue(ratio.value().median() > 0.05 && ratio.value().median() < 20, ratio.words());
            assertTrue(ratio.details().get("samePixels").getAsBoolean());
            assertEquals(3, ratio.details().get("rounds").getAsInt());
            assertTrue(ratio.details().get("ownStartUpSeconds").getAsDouble() > 0.01);
        }
        Figure allocation = figures.get(3);
        // A reader of three tiles needs some memory, and less than a hundred of them.
        assertTrue(allocation.value().median() > 100 && allocation.value().median() < 100 * 2 * 256 * 256);
    }

    @Test
    void aLineWithOneTargetHasOneFigure() throws IOException {
        Against against = new Against(files, sides(java(VersusAdapter.class)), DUEL);
        for (Row.Kind kind : List.of(Row.Kind.FIRST, Row.Kind.DIRECTORY, Row.Kind.ZOOM)) {
            List<Figure> figures = against.measure(row(kind, Row.NONE));
            assertEquals(1, figures.size(), kind.toString());
            assertEquals(Figure.ONE, figures.get(0).cores());
        }
    }

    @Test
    void threadsOfTheCallerOrItsArrayGiveTheSamePixels() throws IOException {
        Against against = new Against(files, sides(java(VersusAdapter.class)), DUEL);
        Row shared = new Row("id", "work", Row.Kind.REGIONS_SHARED, Data.JXR_GRAY16, Row.NONE, 1);
        Row tiles = new Row("id", "work", Row.Kind.TILES_INTO, Data.JXR_GRAY16, Row.NONE, 1);
        for (Row row :
                List.of(shared, tiles, row(Row.Kind.TILES_INTO, Row.NONE), row(Row.Kind.MOSAIC_INTO, Row.NONE))) {
            List<Figure> figures = against.measure(row);
            assertEquals(1, figures.size());
            boolean isOne = Double.isNaN(row.both());
            assertEquals(isOne ? Figure.ONE : Figure.TWO, figures.get(0).cores());
            assertTrue(figures.get(0).details().get("samePixels").getAsBoolean());
            assertEquals(3, figures.get(0).details().get("rounds").getAsInt());
        }
    }

    @Test
    void eachLineHasItsScript() throws IOException {
        // Python is told -B and a script.
        Against against = new Against(files, sides("echo \"$2\" >&2; exit 3"), DUEL);
        for (Row.Kind kind : List.of(Row.Kind.BOXES, Row.Kind.BOXES_AICS)) {
            IOException failure = assertThrows(IOException.class, () -> against.measure(row(kind, 1)));
            assertTrue(failure.getMessage().contains(kind.script()), failure.getMessage());
        }
    }

    @Test
    void otherPixelsAreSeen() throws IOException {
        String other = "echo '{\"protocol\":1,\"version\":\"7\"}'; "
                + "while read request; do echo '{\"seconds\":1,\"cpuSeconds\":1,\"hashes\":[\"other\"]}'; done";
        Against against = new Against(files, sides(other), DUEL);
        Figure figure = against.measure(row(Row.Kind.MOSAIC, Row.NONE)).get(0);
        assertFalse(figure.details().get("samePixels").getAsBoolean());
    }

    @Test
    void aSideThatDiesIsNamed() throws IOException {
        Against against = new Against(files, sides("echo no such module >&2; exit 3"), DUEL);
        IOException failure = assertThrows(IOException.class, () -> against.measure(row(Row.Kind.MOSAIC, 1)));
        assertTrue(failure.getMessage().contains("libCZI"), failure.getMessage());
        assertTrue(failure.getMessage().contains("no such module"), failure.getMessage());
    }

    @Test
    void wholeProcessesStandBesideThoseThatOnlyGetReady() throws IOException {
        // Python is told -B, a script, and the file.
        Sides sides = sides("shift 2; " + java(OneMosaic.class) + " \"$@\"");
        Figure figure = new Against(files, sides, DUEL)
                .measure(row(Row.Kind.PROCESS, 1.5))
                .get(0);
        for (String ready : List.of("emptyJvm", "pythonReady", "own", "libczi")) {
            JsonObject interval = figure.details().getAsJsonObject(ready);
            assertTrue(interval.get("median").getAsDouble() > 0.01, ready);
        }
    }

    @Test
    void anInfoIsMeasuredInSeconds() throws IOException {
        Sides sides = sides("test \"$1\" = info || exit 4; sleep 0.05");
        Figure figure = new Against(files, sides, DUEL)
                .measure(row(Row.Kind.INFO, Row.NONE))
                .get(0);
        assertEquals(Figure.Unit.SECONDS, figure.unit());
        assertTrue(figure.value().low() >= 0.05, figure.words());
    }

    @Test
    void heapThatIsEnoughIsFoundByHalving() throws IOException {
        Path mosaic = folder.resolve("mosaic_jxr.czi");
        DataFiles.layOut(folder.resolve("bench/tiles_gray16_jxrll.czi"), mosaic, 8, 4, 250, false);
        Figure figure = new Machine(files, sides("exit 1"), DUEL, 64).measure(Machine.Test.MEMORY_JXR);
        long heap = figure.details().get("smallestHeapBytes").getAsLong();
        long output = figure.details().get("outputBytes").getAsLong();
        assertEquals(2L * (7 * 250 + 256) * (3 * 250 + 256), output);
        assertTrue(heap > output && heap < output + (200L << 20), figure.words());
        assertEquals(0, heap % (1 << 20));
    }

    @Test
    void loopsOfTheMachineTakeTime() throws IOException {
        try (Contestant.Lasting own =
                sides("exit 1").own(Work.of(Row.Kind.MOSAIC, files.file(Data.JXR_GRAY16)), false, true)) {
            JsonObject copy = new JsonObject();
            copy.addProperty("do", "copy");
            copy.addProperty("bytes", 8 << 20);
            copy.addProperty("threads", 2);
            double seconds = own.ask(copy).get("seconds").getAsDouble();
            assertTrue(seconds > 1e-5 && seconds < 10, seconds + " s");
        }
    }
}
