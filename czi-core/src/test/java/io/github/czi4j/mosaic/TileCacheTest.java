package io.github.czi4j.mosaic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.codec.TileFormat;
import io.github.czi4j.model.CacheStatistics;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.PixelType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TileCacheTest {
    private static final TileFormat FORMAT = new TileFormat(10, 8, PixelType.GRAY16);

    private static final Executor THREADS = task -> new Thread(task).start();

    private final TileCache cache = new TileCache(2 * FORMAT.bytes());

    /** A tile of which so many rows were decoded, all samples of one value. */
    private static LoadedTile tile(int rows, int value) {
        byte[] samples = new byte[FORMAT.bytes()];
        Arrays.fill(samples, (byte) value);
        ByteBuffer pixels = ByteBuffer.wrap(samples, 0, rows * 20).slice().order(ByteOrder.LITTLE_ENDIAN);
        return new LoadedTile(FORMAT, pixels, null, null, null, 0, List.of(), false);
    }

    private static LoadedTile never() {
        throw new AssertionError("decoded once more");
    }

    @Test
    void whatIsThereIsNotDecodedAgain() throws CziException {
        assertFalse(cache.get(3, false, 8, () -> tile(8, 5)).isCached());
        LoadedTile again = cache.get(3, false, 8, TileCacheTest::never);
        assertTrue(again.isCached());
        assertEquals(8, again.rows());
        assertEquals(5, again.pixels().get(159));
        assertEquals(5, cache.find(3, false, 2).pixels().get(0));
        assertNull(cache.find(3, true, 2), "with its mask it is another");
        assertEquals(new CacheStatistics(2, 1, 0, FORMAT.bytes(), 2 * FORMAT.bytes()), cache.statistics());
    }

    @Test
    void moreRowsTakeThePlaceOfFewer() throws CziException {
        LoadedTile few = cache.get(0, false, 5, () -> tile(5, 1));
        assertEquals(5, few.rows());
        assertNull(cache.find(0, false, 6));
        assertEquals(5, cache.find(0, false, 5).rows());
        assertEquals(7, cache.get(0, false, 7, () -> tile(7, 2)).rows());
        assertEquals(7, cache.find(0, false, 1).rows());
        assertEquals(1, few.pixels().get(99), "who has it keeps it");
        assertEquals(FORMAT.bytes(), cache.statistics().bytes(), "arrays as they are");
    }

    @Test
    void theOldestGoes() throws CziException {
        LoadedTile first = cache.get(0, false, 8, () -> tile(8, 1));
        LoadedTile again = cache.find(0, false, 8);
        cache.get(1, false, 8, () -> tile(8, 2));
        cache.get(2, false, 8, () -> tile(8, 3));
        assertNull(cache.find(0, false, 1));
        assertNotNull(cache.find(1, false, 8));
        assertEquals(1, first.pixels().get(7));
        assertEquals(1, again.pixels().get(7), "those who look at it go on");
        assertEquals(2 * FORMAT.bytes(), cache.statistics().bytes());
        assertEquals(1, cache.statistics().evicted());
    }

    @Test
    void clearingTakesAll() throws CziException {
        cache.get(0, false, 8, () -> tile(8, 1));
        LoadedTile held = cache.find(0, false, 8);
        cache.clear();
        assertEquals(0, cache.statistics().bytes());
        assertFalse(cache.has(0, false));
        assertEquals(1, held.pixels().get(3));
        assertEquals(9, cache.get(0, false, 8, () -> tile(8, 9)).pixels().get(3));
    }

    @Test
    void tilesOnTheirWayAreWaitedFor() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        CompletableFuture<LoadedTile> decoding = CompletableFuture.supplyAsync(() -> slow(begun, mayEnd, 4), THREADS);
        begun.await();
        assertTrue(cache.has(7, false), "on its way");
        CompletableFuture<LoadedTile> found = CompletableFuture.supplyAsync(() -> cache.find(7, false, 8), THREADS);
        assertThrows(TimeoutException.class, () -> found.get(50, TimeUnit.MILLISECONDS));
        mayEnd.countDown();
        assertEquals(4, found.get().pixels().get(0));
        assertFalse(decoding.get().isCached());
        assertTrue(found.get().isCached());
        assertEquals(1, cache.statistics().decoded());
    }

    private LoadedTile slow(CountDownLatch begun, CountDownLatch mayEnd, int value) {
        try {
            return cache.get(7, false, 8, () -> {
                begun.countDown();
                try {
                    mayEnd.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                if (value < 0) {
                    throw CziException.corrupt("file", 0, "no tile");
                }
                return tile(8, value);
            });
        } catch (CziException e) {
            return null;
        }
    }

    @Test
    void whoFindsDamageOnItsWayIsLeftToDecode() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        CompletableFuture<LoadedTile> decoding = CompletableFuture.supplyAsync(() -> slow(begun, mayEnd, -1), THREADS);
        begun.await();
        CompletableFuture<LoadedTile> found = CompletableFuture.supplyAsync(() -> cache.find(7, false, 8), THREADS);
        mayEnd.countDown();
        assertNull(found.get());
        assertNull(decoding.get());
        assertFalse(cache.has(7, false));
        assertThrows(
                CziException.class,
                () -> cache.get(7, false, 8, () -> {
                    throw CziException.corrupt("file", 0, "no tile");
                }));
        assertEquals(0, cache.statistics().bytes());
    }
}
