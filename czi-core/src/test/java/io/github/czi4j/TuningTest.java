package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.observe.Stage;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningTest {
    private static final Tuning TWO_CHANNELS = new Tuning(Parallelism.threads(2).batch(1), FileByteSource.Mode.CHANNEL);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void useATemporaryFolder() throws IOException {
        System.setProperty("czi4j.config", folder.resolve("config").toString());
        file = folder.resolve("grid.czi");
        SampleRecipe recipe = SampleRecipe.defaults()
                .grid(3, 3)
                .tile(64, 64, 10)
                .pixels(PixelType.GRAY8, Compression.ZSTD0)
                .dimensions(1, 1, 1, 1);
        SampleWriter.write(file, recipe, 1, (done, total) -> {});
    }

    @AfterEach
    void forgetIt() {
        System.clearProperty("czi4j.config");
    }

    private String key() throws IOException {
        try (CziReader reader = CziReader.open(file)) {
            return Tuning.key(file, reader);
        }
    }

    @Test
    void theKeyNamesFileSystemCompressionAndProcessors() throws IOException {
        String processors = String.valueOf(Runtime.getRuntime().availableProcessors());
        assertTrue(key().matches("[a-z0-9-]+\\.zstd0\\." + processors), key());
    }

    @Test
    void whatIsStoredIsFound() throws IOException {
        for (Tuning tuning : List.of(
                TWO_CHANNELS,
                new Tuning(Parallelism.sequential(), FileByteSource.Mode.MAPPED),
                new Tuning(Parallelism.auto(), FileByteSource.Mode.CHANNEL))) {
            tuning.store(key());
            assertEquals(Optional.of(tuning), Tuning.find(key()));
        }
        TWO_CHANNELS.store("ext4.jpgxr.96");
        assertEquals(
                new Tuning(Parallelism.auto(), FileByteSource.Mode.CHANNEL),
                Tuning.find(key()).orElseThrow());
        assertEquals(TWO_CHANNELS, Tuning.find("ext4.jpgxr.96").orElseThrow());
        assertEquals(Optional.empty(), Tuning.find("ext4.jpgxr.95"));
        try (Stream<Path> left = Files.list(Tuning.file().getParent())) {
            assertEquals(List.of(Tuning.file()), left.toList(), "no parts are left");
        }
    }

    @Test
    void aTunedReaderReadsTheSamePixelsInTheStoredWay() throws IOException {
        byte[] plain;
        try (CziReader reader = CziReader.open(file)) {
            plain = reader.readMosaic(MosaicRequest.wholeImage()).bytes();
        }
        new Tuning(Parallelism.threads(4).batch(1), FileByteSource.Mode.CHANNEL).store(key());
        Set<Thread> workers = ConcurrentHashMap.newKeySet();
        CziOptions options = CziOptions.defaults()
                .parallelism(Parallelism.sequential())
                .listener((stage, subblock, start, nanos, bytes) -> {
                    if (stage == Stage.DECODE) {
                        workers.add(Thread.currentThread());
                        // So long that the others come to take their share.
                        sleep();
                    }
                })
                .tuned();
        assertTrue(options.isTuned());
        try (CziReader reader = CziReader.open(file, options)) {
            assertArrayEquals(
                    plain, reader.readMosaic(MosaicRequest.wholeImage()).bytes());
        }
        assertTrue(workers.size() > 1, workers.toString());
    }

    private static void sleep() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatCannotBeUnderstoodCountsAsNothing() throws IOException {
        Files.createDirectories(Tuning.file().getParent());
        for (String text : List.of(
                "",
                "version=2\n" + key() + "=threads 2 1 mapped\n",
                "version=1\n" + key() + "=threads 0 1 mapped\n",
                "version=1\n" + key() + "=threads 2 1 telepathy\n",
                "version=1\n" + key() + "=threads -2 1 mapped\n",
                "version=1\n" + key() + "=threads 9999999 1 mapped\n",
                "version=1\n" + key() + "=executor 2 1 mapped\n",
                "version=1\n" + key() + "=threads 2\n",
                "version=1\n" + key() + "=\\uZZZZ\n",
                "\u0000\u0001\u0002 no properties at all",
                "version=1\n" + "#".repeat(2 << 20))) {
            Files.writeString(Tuning.file(), text);
            assertEquals(Optional.empty(), Tuning.find(key()), text.substring(0, Math.min(80, text.length())));
            try (CziReader reader = CziReader.open(file, CziOptions.defaults().tuned())) {
                assertEquals(9, reader.subblockCount());
            }
        }
        TWO_CHANNELS.store(key());
        assertEquals(Optional.of(TWO_CHANNELS), Tuning.find(key()), "a useless file is replaced");
    }

    @Test
    void anExecutorCannotBeStored() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Tuning(Parallelism.on(Runnable::run), FileByteSource.Mode.MAPPED).store("a.b.1"));
    }
}
