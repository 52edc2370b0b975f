package io.github.czi4j.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.CziException;
import io.github.czi4j.testing.RangeServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every kind of source promises. */
class ByteSourceTest {
    private static final byte[] CONTENTS = contents();

    enum Kind {
        MEMORY,
        MAPPED,
        CHANNEL,
        HTTP;

        ByteSource open(Path folder) throws IOException {
            Path file = Files.write(folder.resolve("bytes"), CONTENTS);
            return switch (this) {
                case MEMORY -> new MemoryByteSource(file.toString(), CONTENTS);
                case MAPPED -> FileByteSource.open(file, FileByteSource.Mode.MAPPED);
                case CHANNEL -> FileByteSource.open(file, FileByteSource.Mode.CHANNEL);
                case HTTP -> HttpByteSource.open(server.uri("/bytes"), HttpOptions.defaults());
            };
        }
    }

    private static RangeServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void serve() throws IOException {
        server = new RangeServer(CONTENTS);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static byte[] contents() {
        byte[] bytes = new byte[3_000_001];
        new SplittableRandom(3).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @EnumSource
    void readsAndSlicesAreThoseBytes(Kind kind) throws IOException {
        try (ByteSource source = kind.open(folder)) {
            assertEquals(CONTENTS.length, source.size());
            assertTrue(source.name().endsWith("bytes"));
            int[][] ranges = {{0, 0}, {0, 1}, {5, 4096}, {1, CONTENTS.length - 1}, {0, CONTENTS.length}, {3_000_001, 0}
            };
            for (int[] range : ranges) {
                byte[] target = new byte[range[1] + 2];
                source.read(range[0], target, 1, range[1]);
                byte[] expected = Arrays.copyOfRange(CONTENTS, range[0], range[0] + range[1]);
                assertArrayEquals(expected, Arrays.copyOfRange(target, 1, 1 + range[1]));
                assertEquals(0, target[0]);
                assertEquals(0, target[range[1] + 1]);
                ByteBuffer slice = source.slice(range[0], range[1]);
                assertEquals(ByteOrder.LITTLE_ENDIAN, slice.order());
                assertEquals(0, slice.position());
                assertEquals(range[1], slice.limit());
                byte[] copy = new byte[range[1]];
                slice.get(copy);
                assertArrayEquals(expected, copy);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void rangesOutsideAreRefused(Kind kind) throws IOException {
        try (ByteSource source = kind.open(folder)) {
            long[][] ranges = {{-1, 1}, {0, 3_000_002}, {3_000_001, 1}, {Long.MAX_VALUE, 1}, {Long.MIN_VALUE, 8}};
            for (long[] range : ranges) {
                CziException e = assertThrows(CziException.class, () -> source.slice(range[0], (int) range[1]));
                assertEquals(CziException.Kind.CORRUPT, e.kind());
                assertThrows(CziException.class, () -> source.read(range[0], new byte[10], 0, (int) range[1]));
            }
            assertThrows(CziException.class, () -> source.slice(0, -1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyThreadsMayReadAtOnce(Kind kind) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try (ByteSource source = kind.open(folder)) {
            Callable<Boolean> reader = () -> {
                SplittableRandom random =
                        new SplittableRandom(Thread.currentThread().getId());
                for (int i = 0; i < 200; i++) {
                    int from = random.nextInt(CONTENTS.length - 10_000);
                    byte[] target = new byte[10_000];
                    source.read(from, target, 0, target.length);
                    if (!Arrays.equals(target, Arrays.copyOfRange(CONTENTS, from, from + 10_000))) {
                        return false;
                    }
                }
                return true;
            };
            for (Future<Boolean> result : executor.invokeAll(
                    IntStream.range(0, 8).mapToObj(i -> reader).toList())) {
                assertTrue(result.get());
            }
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void anInterruptedReadHarmsNoOtherReader() throws IOException {
        try (ByteSource source = Kind.CHANNEL.open(folder)) {
            Thread.currentThread().interrupt();
            assertThrows(CziException.class, () -> source.read(0, new byte[10], 0, 10));
            assertTrue(Thread.interrupted());
            byte[] target = new byte[10];
            source.read(0, target, 0, 10);
            assertArrayEquals(Arrays.copyOf(CONTENTS, 10), target);
        }
    }

    /** Windows of a mapped file overlap: a range across their borders is one slice. The file is sparse. */
    @Test
    void rangesAcrossTheWindowsOfAMappedFileAreWhole() throws IOException {
        Path file = folder.resolve("sparse");
        long border = MappedByteSource.WINDOW_STEP;
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(3 * border + 10);
            for (long at : new long[] {border - 2, 2 * border - 2, 3 * border - 2}) {
                sparse.seek(at);
                sparse.write(new byte[] {1, 2, 3, 4});
            }
        }
        try (ByteSource source = FileByteSource.open(file, FileByteSource.Mode.MAPPED)) {
            for (long at : new long[] {border - 2, 2 * border - 2, 3 * border - 2}) {
                assertEquals(0x04030201, source.slice(at, 4).getInt(0));
                byte[] target = new byte[6];
                source.read(at - 1, target, 0, 6);
                assertArrayEquals(new byte[] {0, 1, 2, 3, 4, 0}, target);
            }
            ByteBuffer longest = source.slice(border - 2, Ranges.MAX_SLICE);
            assertEquals(2, longest.get(1));
            assertEquals(0, longest.get(Ranges.MAX_SLICE - 1));
            assertThrows(CziException.class, () -> source.slice(0, Ranges.MAX_SLICE + 1));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }
}
