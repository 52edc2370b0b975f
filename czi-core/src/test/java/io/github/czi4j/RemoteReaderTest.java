package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.io.HttpByteSource;
import io.github.czi4j.io.HttpOptions;
import io.github.czi4j.io.Prefetch;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Downscaling;
import io.github.czi4j.model.Overlap;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.TransferStatistics;
import io.github.czi4j.testing.RangeServer;
import io.github.czi4j.testing.TestCzi;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files behind a server: the pixels of local ones, for few requests. */
@Timeout(60)
class RemoteReaderTest {
    private static final int SIDE = 10;
    private static final int TILE = 100;

    @TempDir
    private static Path folder;

    private static Path file;
    private static byte[] contents;

    /** Two channels of 10 × 10 tiles that overlap, of random values: about 20 kB each, channels in turn. */
    @BeforeAll
    static void write() throws IOException {
        file = folder.resolve("grid.czi");
        SplittableRandom random = new SplittableRandom(1);
        try (CziWriter writer = CziWriter.create(file)) {
            for (int m = 0; m < SIDE * SIDE; m++) {
                Rect place = new Rect(m % SIDE * 90, m / SIDE * 90, TILE, TILE);
                for (int c = 0; c < 2; c++) {
                    byte[] pixels = new byte[TILE * TILE * 2];
                    random.nextBytes(pixels);
                    writer.add(
                            NewSubblock.of(place, PixelType.GRAY16)
                                    .at(Coordinate.parse("C" + c))
                                    .m(m)
                                    .compressed(m % 2 == 0 ? Compression.ZSTD0 : Compression.UNCOMPRESSED),
                            pixels);
                }
            }
            writer.setMetadataXml("<ImageDocument><Metadata/></ImageDocument>");
            writer.finish();
        }
        contents = Files.readAllBytes(file);
    }

    private static TransferStatistics statistics(CziReader reader) {
        return reader.transferStatistics().orElseThrow();
    }

    @Test
    void openingTakesTwoRequests() throws IOException {
        try (RangeServer server = new RangeServer(contents);
                CziReader reader = CziReader.open(server.uri("/grid.czi"))) {
            assertEquals(200, reader.subblockCount());
            assertEquals(contents.length, reader.fileInfo().size());
            assertEquals("<ImageDocument><Metadata/></ImageDocument>", reader.metadataXml());
            // The beginning, and the block at the end in which directory and metadata lie.
            assertEquals(2, server.requests(), server.ranges().toString());
        }
    }

    @Test
    void aMosaicIsThatOfTheLocalFileAndEachByteComesOnce() throws IOException {
        try (RangeServer server = new RangeServer(contents).latency(5);
                CziReader remote = CziReader.open(server.uri("/grid.czi"));
                CziReader local = CziReader.open(file)) {
            int opening = server.requests();
            long openingBytes = statistics(remote).bytes();
            MosaicRequest request = MosaicRequest.wholeImage().channel(0);
            Mosaic mosaic = remote.readMosaic(request);
            assertArrayEquals(local.readMosaic(request).shorts(), mosaic.shorts());
            assertEquals(List.of(), mosaic.failures());
            // 100 tiles of the first channel with those of the second between them: 4 MB in one request or two.
            assertEquals(1, server.requests() - opening, server.ranges().toString());
            long bytes = statistics(remote).bytes() - openingBytes;
            assertTrue(bytes < contents.length, bytes + " of " + contents.length);
            assertEquals(0, statistics(remote).bufferedBytes());
            assertEquals(0, statistics(remote).retries());
        }
    }

    @Test
    void gapsAreLeftOutWhereThatIsWanted() throws IOException {
        CziOptions options =
                CziOptions.defaults().http(HttpOptions.defaults().gapBytes(1000).blockBytes(1 << 14));
        try (RangeServer server = new RangeServer(contents);
                CziReader remote = CziReader.open(server.uri("/grid.czi"), options)) {
            int opening = server.requests();
            long openingBytes = statistics(remote).bytes();
            remote.readMosaic(MosaicRequest.wholeImage().channel(1));
            assertEquals(100, server.requests() - opening);
            long tile = 32 + 256 + 2 * TILE * TILE;
            long bytes = statistics(remote).bytes() - openingBytes;
            assertTrue(bytes >= 100 * tile && bytes < 101 * (tile + 64), bytes + " bytes");
            assertTrue(server.mostAtOnce() <= 8, server.mostAtOnce() + " at once");
        }
    }

    enum Way {
        SEQUENTIAL(MosaicRequest.wholeImage().channel(0).parallelism(Parallelism.sequential())),
        BATCHES(MosaicRequest.wholeImage()
                .channel(0)
                .parallelism(Parallelism.threads(3).batch(25))),
        REGION(MosaicRequest.region(100, 250, 333, 222).channel(1)),
        IN_ORDER(MosaicRequest.wholeImage().channel(0).maskAware(true)),
        MEANS(MosaicRequest.wholeImage().channel(1).zoom(0.3).downscaling(Downscaling.AREA_AVERAGE)),
        FEATHERED(MosaicRequest.region(0, 0, 400, 300).channel(0).overlap(Overlap.FEATHER));

        private final MosaicRequest request;

        Way(MosaicRequest request) {
            this.request = request;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyWayOfComposingGivesThePixelsOfTheLocalFile(Way way) throws IOException {
        // Little memory, so that reading ahead has to wait for its use.
        CziOptions options = CziOptions.defaults()
                .http(HttpOptions.defaults()
                        .bufferBytes(1 << 20)
                        .blockBytes(1 << 14)
                        .gapBytes(0)
                        .requestsInFlight(3));
        try (RangeServer server = new RangeServer(contents);
                CziReader remote = CziReader.open(server.uri("/grid.czi"), options);
                CziReader local = CziReader.open(file)) {
            assertArrayEquals(
                    local.readMosaic(way.request).shorts(),
                    remote.readMosaic(way.request).shorts());
            long held = statistics(remote).maxBufferedBytes();
            // Three quarters of the buffers, and a request for each of up to three workers that run ahead.
            assertTrue(held <= (3 << 18) + 3 * 21_000L, held + " bytes held");
            assertEquals(0, statistics(remote).bufferedBytes());
        }
    }

    @Test
    void readingWithoutAnnouncementsIsRightToo() throws IOException {
        try (RangeServer server = new RangeServer(contents);
                ByteSource source = HttpByteSource.open(server.uri("/grid.czi"), HttpOptions.defaults());
                CziReader remote = CziReader.open(withoutPrefetch(source), CziOptions.defaults());
                CziReader local = CziReader.open(file)) {
            MosaicRequest request = MosaicRequest.wholeImage().channel(1);
            assertArrayEquals(
                    local.readMosaic(request).shorts(),
                    remote.readMosaic(request).shorts());
        }
    }

    private static ByteSource withoutPrefetch(ByteSource source) {
        return new ByteSource() {
            @Override
            public String name() {
                return source.name();
            }

            @Override
            public long size() {
                return source.size();
            }

            @Override
            public void read(long position, byte[] target, int offset, int length) throws CziException {
                source.read(position, target, offset, length);
            }

            @Override
            public ByteBuffer slice(long position, int length) throws CziException {
                return source.slice(position, length);
            }

            @Override
            public boolean isMapped() {
                return false;
            }

            @Override
            public Prefetch prefetch(long[] positions, long[] lengths) {
                throw new AssertionError("nobody was told that it helps");
            }

            @Override
            public void close() {
                // Closed by the test.
            }
        };
    }

    @Test
    void singleTilesTakeOneRequestEach() throws IOException {
        try (RangeServer server = new RangeServer(contents);
                CziReader remote = CziReader.open(
                        server.uri("/grid.czi"),
                        CziOptions.defaults().http(HttpOptions.defaults().blockBytes(1 << 14)));
                CziReader local = CziReader.open(file)) {
            int opening = server.requests();
            for (int index : new int[] {20, 21, 90}) {
                assertArrayEquals(
                        (short[]) local.subblock(index).read().pixels().array(),
                        (short[]) remote.subblock(index).read().pixels().array());
            }
            assertArrayEquals(
                    local.subblock(121).rawData(), remote.subblock(121).rawData());
            assertEquals(4, server.requests() - opening, server.ranges().toString());
        }
    }

    @Test
    void aCacheOfTilesIsNotFetchedAgain() throws IOException {
        try (RangeServer server = new RangeServer(contents);
                CziReader remote = CziReader.open(
                        server.uri("/grid.czi"), CziOptions.defaults().tileCache(64 << 20))) {
            MosaicRequest request = MosaicRequest.wholeImage().channel(0);
            short[] first = remote.readMosaic(request).shorts();
            int requests = server.requests();
            assertArrayEquals(first, remote.readMosaic(request).shorts());
            assertEquals(requests, server.requests());
        }
    }

    @Test
    void tilesWhoseBytesDoNotComeAreReportedAndTheOthersAreRead() throws IOException {
        CziOptions options = CziOptions.defaults()
                .http(HttpOptions.defaults().gapBytes(0).blockBytes(1 << 14).retries(0));
        try (RangeServer server = new RangeServer(contents);
                CziReader remote = CziReader.open(server.uri("/grid.czi"), options)) {
            long lost = remote.subblockInfo(40).filePosition();
            server.fault((exchange, number) -> {
                long[] range = RangeServer.range(exchange);
                if (range[0] > lost || range[1] < lost) {
                    return false;
                }
                exchange.sendResponseHeaders(500, -1);
                return true;
            });
            MosaicRequest request = MosaicRequest.wholeImage().channel(0);
            Mosaic mosaic = remote.readMosaic(request);
            assertEquals(1, mosaic.failures().size());
            assertEquals(40, mosaic.failures().get(0).index());
            assertTrue(mosaic.failures().get(0).reason().getMessage().contains("status 500"));
            assertFalse(mosaic.isComplete());
            CziException strict = assertThrows(CziException.class, () -> remote.readMosaic(request.strict()));
            assertTrue(strict.getMessage().contains("status 500"), strict.getMessage());
        }
    }

    @Test
    void aFileThatIsCutOffLosesWhatIsBehindItsEnd() throws IOException {
        // Directory first, as ZEN writes it: move it into a file whose tail is gone.
        byte[] cut = Arrays.copyOf(contents, contents.length - 1);
        try (RangeServer server = new RangeServer(cut);
                CziReader reader = CziReader.open(
                        server.uri("/cut.czi"), CziOptions.defaults().rescue(true))) {
            assertTrue(reader.subblockCount() > 190, reader.problems().toString());
        }
        try (RangeServer server = new RangeServer(Arrays.copyOf(contents, 100_000))) {
            CziException e = assertThrows(CziException.class, () -> CziReader.open(server.uri("/cut.czi?sig=s3cret")));
            assertEquals(CziException.Kind.CORRUPT, e.kind());
            assertTrue(e.getMessage().contains("the file has 100000 bytes"), e.getMessage());
            assertFalse(e.getMessage().contains("s3cret"), e.getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"SEQUENTIAL", "BATCHES", "IN_ORDER"})
    void anInterruptEndsAMosaic(Way way) throws Exception {
        try (RangeServer server = new RangeServer(contents);
                CziReader remote = CziReader.open(server.uri("/grid.czi"))) {
            CountDownLatch asked = new CountDownLatch(1);
            server.fault((exchange, number) -> {
                asked.countDown();
                try {
                    Thread.sleep(10_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return true;
            });
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                try {
                    remote.readMosaic(way.request);
                } catch (CziException e) {
                    thrown.set(e);
                }
            });
            caller.start();
            assertTrue(asked.await(5, TimeUnit.SECONDS));
            caller.interrupt();
            caller.join(3000);
            assertFalse(caller.isAlive(), "still waits");
            assertTrue(thrown.get().getMessage().contains("interrupted"), thrown.get() + "");
        }
    }

    @Test
    void aRemoteCopyIsTheFile() throws IOException {
        Path copy = folder.resolve("copy.czi");
        try (RangeServer server = new RangeServer(contents);
                CziReader remote = CziReader.open(server.uri("/grid.czi"))) {
            CziCopier.Report report = CziCopier.of(remote).writeTo(copy, (done, total) -> {});
            assertEquals(200, report.subblocks());
            assertTrue(server.requests() < 210, server.requests() + " requests");
        }
        try (CziReader a = CziReader.open(file);
                CziReader b = CziReader.open(copy)) {
            MosaicRequest request = MosaicRequest.wholeImage().channel(1);
            assertArrayEquals(
                    a.readMosaic(request).shorts(), b.readMosaic(request).shorts());
        }
    }

    @Test
    void anEmbeddedFileIsReadThroughItsServer() throws IOException {
        byte[] inner = new TestCzi().add(TestCzi.gray8(0, 0, 4, 3, 7)).bytes();
        byte[] outer = new TestCzi()
                .add(TestCzi.gray8(0, 0, 8, 8, 9))
                .attachment("Label", "CZI", inner)
                .bytes();
        try (RangeServer server = new RangeServer(outer);
                CziReader reader = CziReader.open(server.uri("/outer.czi"));
                CziReader label = reader.attachments().get(0).open()) {
            byte[] expected = new byte[12];
            Arrays.fill(expected, (byte) 7);
            assertArrayEquals(
                    expected,
                    label.readMosaic(MosaicRequest.wholeImage().channel(0)).bytes());
            assertEquals(1, server.requests());
        }
    }

    @Test
    void buffersCountAsMemory() throws IOException {
        try (RangeServer server = new RangeServer(contents);
                CziReader remote = CziReader.open(server.uri("/grid.czi"));
                CziReader local = CziReader.open(file)) {
            MosaicRequest request = MosaicRequest.wholeImage().channel(0).parallelism(Parallelism.sequential());
            long difference = remote.plan(request).predictedPeakBytes()
                    - local.plan(request).predictedPeakBytes();
            assertEquals(HttpOptions.defaults().bufferBytes(), difference);
            BlockReport blocks = remote.readBlocks(request, 100, block -> {});
            assertTrue(blocks.predictedPeakBytes() > HttpOptions.defaults().bufferBytes());
            assertEquals(10, blocks.blocks());
        }
        try (RangeServer server = new RangeServer(contents);
                CziReader remote = CziReader.open(
                        server.uri("/grid.czi"), CziOptions.defaults().memoryLimit(16 << 20))) {
            // A quarter of the limit, of which the mosaic leaves the rest.
            assertEquals(
                    910 * 910 * 2,
                    remote.readMosaic(MosaicRequest.wholeImage().channel(0)).shorts().length * 2);
            CziException e = assertThrows(
                    CziException.class,
                    () -> CziReader.open(
                                    server.uri("/grid.czi"),
                                    CziOptions.defaults().memoryLimit(2 << 20))
                            .readMosaic(MosaicRequest.wholeImage().channel(0)));
            assertEquals(CziException.Kind.LIMIT, e.kind());
        }
    }

    @Test
    void manyThreadsReadAtOnce() throws Exception {
        try (RangeServer server = new RangeServer(contents);
                CziReader remote = CziReader.open(
                        server.uri("/grid.czi"),
                        CziOptions.defaults().http(HttpOptions.defaults().bufferBytes(1 << 20)));
                CziReader local = CziReader.open(file)) {
            MosaicRequest request = MosaicRequest.wholeImage().channel(0);
            short[] expected = local.readMosaic(request).shorts();
            List<Thread> threads = new ArrayList<>();
            List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < 6; i++) {
                Thread thread = new Thread(() -> {
                    try {
                        assertArrayEquals(expected, remote.readMosaic(request).shorts());
                    } catch (Throwable e) {
                        failures.add(e);
                    }
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(List.of(), failures);
            assertEquals(0, statistics(remote).bufferedBytes());
        }
    }

    @Test
    void addressesOfFilesAreOpenedToo() throws IOException {
        try (CziReader reader = CziReader.open(file.toUri())) {
            assertEquals(200, reader.subblockCount());
            assertTrue(reader.transferStatistics().isEmpty());
        }
        assertThrows(IllegalArgumentException.class, () -> CziReader.open(URI.create("ftp://host/a.czi")));
    }
}
