package io.github.czi4j.bench.versus;

import com.google.gson.JsonObject;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.measure.Interval;
import io.github.czi4j.bench.report.JsonReport;
import io.github.czi4j.bench.versus.DataFiles.Data;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.SubblockInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Against the machine: memory bandwidth, what a second core gives, and how little heap is enough. */
final class Machine {
    /** Share of the bandwidth of {@code System.arraycopy} that an uncompressed mosaic must reach. */
    static final double BANDWIDTH = 0.6;
    /** Heap beside the output and two of the largest tiles for each worker. */
    static final long SPARE = 32L << 20;

    private static final long MEBI = 1 << 20;
    /** How much more than allowed is tried. */
    private static final long BEYOND = 256;
    /** How much slower than in a large heap it may be. */
    private static final double SLOWER = 5;

    private static final String OF_ARRAYCOPY = ", of the bandwidth of System.arraycopy with 2 threads";
    private static final double MILLIS = 1000;

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final DataFiles files;
    private final Sides sides;
    private final Duel duel;
    private final int heapStep;

    /**
     * Sets it up.
     *
     * @param files what is read
     * @param sides of which this reader alone takes part
     * @param duel how long
     * @param heapStep how exactly the smallest heap is looked for, MiB
     */
    Machine(DataFiles files, Sides sides, Duel duel, int heapStep) {
        this.files = files;
        this.sides = sides;
        this.duel = duel;
        this.heapStep = heapStep;
    }

    /** One of the figures that have nothing to do with libCZI. */
    enum Test {
        BANDWIDTH("machine-bandwidth", "uncompressed mosaic into a new array" + OF_ARRAYCOPY),
        BANDWIDTH_INTO("machine-bandwidth-into", "uncompressed mosaic into an array of the caller's" + OF_ARRAYCOPY),
        CORES("machine-cores", "what arithmetic alone gains from the second core (no target)"),
        MEMORY_PLAIN("memory-plain", "heap beside output and 2 tiles a worker: mosaic, uncompressed"),
        MEMORY_ZSTD1("memory-zstd1", "heap beside output and 2 tiles a worker: mosaic, Zstd1"),
        MEMORY_JXR("memory-jxr", "heap beside output and 2 tiles a worker: mosaic, JPEG XR lossless");

        final String id;
        final String work;

        Test(String id, String work) {
            this.id = id;
            this.work = work;
        }
    }

    /**
     * Measures a figure.
     *
     * @throws IOException if a process fails
     */
    Figure measure(Test test) throws IOException {
        return switch (test) {
            case BANDWIDTH -> bandwidth(test, Row.Kind.MOSAIC);
            case BANDWIDTH_INTO -> bandwidth(test, Row.Kind.MOSAIC_INTO);
            case CORES -> cores(test);
            case MEMORY_PLAIN -> memory(test, Data.MOSAIC_PLAIN);
            case MEMORY_ZSTD1 -> memory(test, Data.MOSAIC_ZSTD1);
            case MEMORY_JXR -> memory(test, Data.MOSAIC_JXR);
        };
    }

    /** Something that an adapter does over and over, as a contestant. */
    private record Loop(Contestant.Lasting process, JsonObject request) implements Contestant {
        @Override
        public Pass pass() throws IOException {
            return new Pass(process.ask(request).get("seconds").getAsDouble(), Double.NaN);
        }
    }

    private static JsonObject loop(String what, int threads) {
        JsonObject request = new JsonObject();
        request.addProperty("do", what);
        request.addProperty("threads", threads);
        return request;
    }

    private Figure bandwidth(Test test, Row.Kind kind) throws IOException {
        Path file = files.file(Data.MOSAIC_PLAIN);
        DataFiles.warm(List.of(file));
        Work work = Work.of(kind, file);
        Rect image = work.reads().get(0).region();
        long bytes = image.area() * PixelType.GRAY16.bytesPerPixel();
        JsonObject copy = loop("copy", PROCESSORS);
        copy.addProperty("bytes", bytes);
        try (Contestant.Lasting own = sides.own(work, false, false);
                Contestant.Lasting copying = sides.own(work, false, false)) {
            Duel.Times times = duel.run(List.of(own, new Loop(copying, copy)));
            JsonObject details = new JsonObject();
            details.add("own", JsonReport.interval(times.of(0)));
            details.add("arraycopy", JsonReport.interval(times.of(1)));
            details.addProperty("outputBytes", bytes);
            details.addProperty("rounds", times.rounds());
            return figure(test, Figure.Unit.SHARE, BANDWIDTH, true, times.ratio(1, 0), details);
        }
    }

    private Figure cores(Test test) throws IOException {
        Work work = Work.of(Row.Kind.MOSAIC, files.file(Data.MOSAIC_PLAIN));
        try (Contestant.Lasting own = sides.own(work, false, true)) {
            Duel.Times times =
                    duel.run(List.of(new Loop(own, loop("spin", 1)), new Loop(own, loop("spin", PROCESSORS))));
            JsonObject details = new JsonObject();
            details.addProperty("rounds", times.rounds());
            Interval efficiency = scaled(times.ratio(0, 1), 1.0 / PROCESSORS);
            return figure(test, Figure.Unit.SHARE, 0, true, efficiency, details);
        }
    }

    /** The smallest heap in which a process reads the mosaic, by halving; of its young generation little is wanted. */
    private Figure memory(Test test, Data data) throws IOException {
        Path file = files.file(data);
        long output;
        long tiles;
        try (CziReader reader = CziReader.open(file)) {
            SubblockInfo largest = reader.subblockInfo(0);
            output = reader.bounds().image().area() * largest.pixelType().bytesPerPixel();
            tiles = 2 * PROCESSORS * largest.decodedBytes();
        }
        long fails = output / MEBI;
        long suffices = (output + tiles) / MEBI + BEYOND;
        double seconds = read(file, suffices, Contestant.PATIENCE).seconds();
        // A heap in which nothing but collecting gets on is not enough.
        Duration patience = Duration.ofMillis((long) (SLOWER * MILLIS * seconds));
        while (suffices - fails > heapStep) {
            long middle = (fails + suffices) / 2;
            if (succeeds(file, middle, patience)) {
                suffices = middle;
            } else {
                fails = middle;
            }
        }
        JsonObject details = new JsonObject();
        details.addProperty("smallestHeapBytes", suffices * MEBI);
        details.addProperty("outputBytes", output);
        details.addProperty("tileBytes", tiles);
        Interval beside = Interval.of(suffices * MEBI - output - tiles);
        return figure(test, Figure.Unit.BYTES, SPARE, false, beside, details);
    }

    private boolean succeeds(Path file, long heapMebi, Duration patience) {
        try {
            read(file, heapMebi, patience);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Contestant.Pass read(Path file, long heapMebi, Duration patience) throws IOException {
        List<String> options = List.of("-XX:+UseSerialGC", "-Xmn8m", "-Xmx" + heapMebi + "m");
        return new Contestant.Command(sides.java(options, OneMosaic.class, file.toString()), patience).pass();
    }

    private static Figure figure(
            Test test, Figure.Unit unit, double target, boolean isAtLeast, Interval value, JsonObject details) {
        return new Figure(test.id, test.work, unit, Figure.TWO, target, isAtLeast, value, details);
    }

    /** An interval in other units. */
    static Interval scaled(Interval interval, double factor) {
        return new Interval(
                interval.median() * factor,
                interval.low() * factor,
                interval.high() * factor,
                interval.confidence(),
                interval.min() * factor,
                interval.max() * factor,
                interval.count());
    }
}
