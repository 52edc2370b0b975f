package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.io.MemoryByteSource;
import io.github.czi4j.io.Prefetch;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.testing.TestCzi;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Storage that behaves as a mapped file that shrinks: some bytes cannot be read, and the JVM tells of it with an error at
 * some other time, to anybody. Each tile is then either right or named, whoever was hit.
 */
class LateFaultTest {
    private static final int TILES = 12;
    private static final int SIDE = 20;

    /** What is behind an offset cannot be read; errors may come at any call. */
    private static final class Shrinking implements ByteSource {
        private final ByteSource whole;
        private final long end;
        private final boolean prefetches;
        private final SplittableRandom random;
        private final AtomicInteger faults = new AtomicInteger();
        private volatile boolean isShrunk;

        Shrinking(byte[] file, long end, boolean prefetches, long seed) {
            whole = new MemoryByteSource("shrinks.czi", file);
            this.end = end;
            this.prefetches = prefetches;
            random = new SplittableRandom(seed);
        }

        private void echo(double probability) {
            boolean isHit;
            synchronized (random) {
                isHit = isShrunk && random.nextDouble() < probability;
            }
            if (isHit) {
                faults.incrementAndGet();
                throw new InternalError("a fault occurred in an unsafe memory access operation");
            }
        }

        @Override
        public String name() {
            return whole.name();
        }

        @Override
        public long size() {
            return whole.size();
        }

        @Override
        public void read(long position, byte[] target, int offset, int length) throws CziException {
            echo(0.1);
            whole.read(position, target, offset, length);
            if (isShrunk && position + length > end) {
                Arrays.fill(target, offset, offset + length, (byte) 0);
            }
        }

        @Override
        public ByteBuffer slice(long position, int length) throws CziException {
            echo(0.1);
            ByteBuffer slice =
                    isShrunk && position + length > end ? ByteBuffer.allocate(length) : whole.slice(position, length);
            // As a map has it: no array of anybody's.
            return slice.asReadOnlyBuffer().order(slice.order());
        }

        @Override
        public boolean isMapped() {
            return true;
        }

        @Override
        public void checkStillThere(long last) throws CziException {
            echo(0.1);
            if (isShrunk && last > end) {
                throw CziException.io(name(), end, "the file was cut", null);
            }
        }

        @Override
        public boolean prefetches() {
            return prefetches;
        }

        @Override
        public Prefetch prefetch(long[] positions, long[] lengths) {
            Prefetch none = Prefetch.none(this);
            return new Prefetch() {
                @Override
                public ByteSource source() {
                    return none.source();
                }

                @Override
                public void done(int range) {
                    echo(0.15);
                }

                @Override
                public void close() {
                    none.close();
                }
            };
        }

        @Override
        public void close() throws CziException {
            whole.close();
        }
    }

    @Test
    void everyTileIsRightOrNamed() throws CziException {
        TestCzi czi = new TestCzi();
        for (int i = 0; i < TILES; i++) {
            czi.add(TestCzi.gray8(i * SIDE, 0, SIDE, SIDE, i + 1));
        }
        byte[] file = czi.bytes();
        int mosaics = 0;
        int faults = 0;
        int named = 0;
        for (int seed = 0; seed < 400; seed++) {
            // From none to most of the file is left.
            long end = file.length * (seed % 8L + 1) / 8;
            Shrinking source = new Shrinking(file, end, seed % 5 > 1, seed);
            try (CziReader reader = CziReader.open(source, CziOptions.defaults())) {
                source.isShrunk = true;
                MosaicRequest request = MosaicRequest.wholeImage()
                        .maskAware(seed % 3 == 0)
                        .parallelism(Parallelism.threads(1 + seed % 4).batch(1 + seed % 2));
                Mosaic mosaic = reader.readMosaic(request);
                mosaics++;
                List<Integer> failed = mosaic.failures().stream()
                        .map(failure -> failure.index())
                        .toList();
                named += failed.size();
                byte[] expected = new byte[TILES * SIDE * SIDE];
                for (int i = 0; i < expected.length; i++) {
                    int tile = i % (TILES * SIDE) / SIDE;
                    expected[i] = (byte) (failed.contains(tile) ? 0 : tile + 1);
                }
                assertArrayEquals(expected, mosaic.bytes(), "seed " + seed);
            } catch (CziException e) {
                // Faults without end: all of it is refused, which is right as well.
                assertEquals(CziException.Kind.IO, e.kind());
            }
            faults += source.faults.get();
        }
        assertTrue(mosaics > 200 && faults > 2000 && named > 200, mosaics + ", " + faults + ", " + named);
    }
}
