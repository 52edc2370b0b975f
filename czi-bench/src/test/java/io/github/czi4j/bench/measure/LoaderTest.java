package io.github.czi4j.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.storage.IoMode;
import io.github.czi4j.bench.storage.Location;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.TileOrder;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LoaderTest {
    @TempDir
    Path folder;

    private Job job(PixelType type, Compression compression) throws IOException {
        Path file = folder.resolve("grid-" + type + ".czi");
        SampleRecipe recipe = SampleRecipe.defaults()
                .grid(5, 4)
                .tile(64, 48, 10)
                .dimensions(2, 1, 1, 1)
                .pixels(type, compression);
        SampleWriter.write(file, recipe, 1, (done, total) -> {});
        try (CziReader reader = CziReader.open(file)) {
            PlaneChoice plane = PlaneChoice.of(reader, 1, null);
            // Cuts tiles, and begins at other coordinates than the file.
            return new Job(Location.of(file), plane, new Rect(10, 5, 200, 130));
        }
    }

    @Test
    void storageOfTheCallersIsLeftAloneByThoseThatReadTheFile() throws IOException {
        Job job = job(PixelType.GRAY8, Compression.UNCOMPRESSED);
        AtomicInteger openings = new AtomicInteger();
        Opener opener = options -> {
            openings.incrementAndGet();
            return job.file().open(options);
        };
        List<Configuration> configurations = List.of(
                Configuration.SEQUENTIAL,
                Configuration.threads(2, 5),
                Configuration.of(Strategy.PIPELINE, 2, 1),
                Configuration.of(Strategy.PROCESSES, 2, 5),
                Configuration.SEQUENTIAL.io(IoMode.COALESCED));
        RegionChoice region;
        try (CziReader reader = job.file().open(CziOptions.defaults())) {
            region = RegionChoice.of(reader, job.plane(), 100, 1 << 20);
        }
        Effort effort = new Effort(Duration.ZERO, 3, Duration.ZERO, Duration.ofSeconds(1));
        Settings here = new Settings(effort, false, false, false, Duration.ZERO);
        Benchmark benchmark = new Benchmark(job.file(), opener, job.plane(), region, configurations, here);
        benchmark.run((share, what) -> {});
        assertEquals(2, benchmark.ranked().size());
        assertEquals(3, openings.get(), "the first load, and one reader for each configuration");
        assertEquals(
                Set.of("pipeline 2 × 1", "2 processes × 5", "sequential, coalesced"),
                benchmark.skipped().keySet());
        Settings forked = new Settings(effort, true, false, false, Duration.ZERO);
        assertThrows(
                IllegalArgumentException.class,
                () -> new Benchmark(job.file(), opener, job.plane(), region, configurations, forked));
    }

    private static String hash(Job job, Configuration configuration) throws CziException {
        try (Loader loader = Loader.of(job, configuration)) {
            Sampler sampler = new Sampler(job.file(), loader);
            for (int i = 0; i < 3; i++) {
                assertTrue(sampler.sample(0).seconds() > 0);
            }
            sampler.coldSample(0, false);
            assertEquals(1, sampler.hashes().size(), configuration + ": each load gives the same");
            return sampler.hashes().iterator().next();
        }
    }

    @Test
    void everyStrategyGivesTheSamePixels() throws IOException {
        for (PixelType type : List.of(PixelType.GRAY8, PixelType.GRAY16, PixelType.BGR24)) {
            Job job = job(type, type == PixelType.GRAY8 ? Compression.UNCOMPRESSED : Compression.ZSTD1);
            String expected;
            try (CziReader reader = CziReader.open(job.file().path())) {
                expected = new OutputHash().of(reader.readMosaic(job.request()).pixels());
            }
            for (Strategy strategy : List.of(Strategy.SEQUENTIAL, Strategy.THREADS, Strategy.PIPELINE)) {
                for (IoMode io : IoMode.values()) {
                    for (TileOrder order : TileOrder.values()) {
                        Configuration configuration =
                                Configuration.of(strategy, 3, 2).io(io).order(order);
                        assertEquals(expected, hash(job, configuration), configuration.name());
                    }
                }
            }
            Configuration virtual = Configuration.of(Strategy.VIRTUAL, 3, 2);
            if (virtual.strategy().obstacle().isEmpty()) {
                assertEquals(expected, hash(job, virtual));
            }
            Configuration processes = Configuration.of(Strategy.PROCESSES, 2, 3)
                    .io(IoMode.CHANNEL)
                    .order(TileOrder.RANDOM);
            assertEquals(expected, hash(job, processes));
        }
    }

    @Test
    void aForkGivesTheSamePixelsAndItsOwnFigures() throws IOException {
        Job job = job(PixelType.GRAY16, Compression.ZSTD1);
        Configuration threads = Configuration.threads(2, 3);
        Fork.Task task = new Fork.Task(job, threads, Duration.ZERO, 4, Duration.ZERO, false, false, true, null);
        Fork fork = Fork.measure(task, 7);
        assertEquals(List.of(hash(job, Configuration.SEQUENTIAL)), fork.hashes());
        assertEquals(4, fork.samples().size());
        assertEquals(7, fork.samples().get(0).fork());
        assertTrue(fork.memory().orElseThrow().heapPeak() >= 200 * 130 * 2);
        assertEquals(task, Fork.Task.fromJson(task.toJson()));
    }

    @Test
    void aForkThatCannotReadSaysWhy() throws IOException {
        Job job = job(PixelType.GRAY16, Compression.ZSTD1);
        Job missing = new Job(Location.of(folder.resolve("missing.czi")), job.plane(), job.region());
        Fork.Task task = new Fork.Task(
                missing, Configuration.SEQUENTIAL, Duration.ZERO, 1, Duration.ZERO, false, false, false, null);
        CziException e = assertThrows(CziException.class, () -> Fork.measure(task, 0));
        assertTrue(e.getMessage().contains("sequential ended with status 2"), e.getMessage());
        assertTrue(e.getMessage().contains("no such file"), e.getMessage());
    }

    @Test
    void aWorkerThatDiesIsNamedAndNoneIsLeft() throws Exception {
        Job job = job(PixelType.GRAY16, Compression.ZSTD1);
        // Others may have been killed on this machine before they could tidy up.
        List<Path> before = sharedFiles();
        List<ProcessHandle> processes;
        try (ProcessLoader loader = new ProcessLoader(job, Configuration.of(Strategy.PROCESSES, 2, 1))) {
            loader.open();
            assertTrue(loader.startUpSeconds() > 0);
            loader.load();
            processes = loader.processes();
            assertEquals(2, processes.size());
            processes.get(0).destroyForcibly();
            processes.get(0).onExit().get(10, TimeUnit.SECONDS);
            CziException e = assertThrows(CziException.class, loader::load);
            assertTrue(e.getMessage().contains("worker process 1 ended with status"), e.getMessage());
        }
        for (ProcessHandle process : processes) {
            process.onExit().get(10, TimeUnit.SECONDS);
            assertFalse(process.isAlive());
        }
        List<Path> left = sharedFiles();
        left.removeAll(before);
        assertEquals(List.of(), left);
    }

    private static List<Path> sharedFiles() throws IOException {
        Path shared = Path.of("/dev/shm");
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(shared)) {
            try (Stream<Path> files = Files.list(shared)) {
                files.filter(file -> file.getFileName().toString().startsWith("czi-tiles-"))
                        .forEach(found::add);
            }
        }
        return found;
    }

    @Test
    void whatProcessesCannotDoIsSaid() throws IOException {
        Job job = job(PixelType.GRAY16, Compression.ZSTD1);
        try (CziReader reader = CziReader.open(job.file().path())) {
            assertEquals("", ProcessLoader.obstacle(reader.plan(job.request()), IoMode.MAPPED, 0));
            assertTrue(ProcessLoader.obstacle(reader.plan(job.request()), IoMode.MAPPED, 1)
                    .contains("damaged"));
            assertTrue(ProcessLoader.obstacle(reader.plan(job.request()), IoMode.COALESCED, 0)
                    .contains("not neighbours"));
        }
    }
}
