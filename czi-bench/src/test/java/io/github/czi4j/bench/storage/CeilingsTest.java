package io.github.czi4j.bench.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CeilingsTest {
    @TempDir
    Path folder;

    private Path sample(Compression compression) throws IOException {
        Path file = folder.resolve(compression + ".czi");
        SampleRecipe recipe =
                SampleRecipe.defaults().grid(4, 4).tile(128, 128, 10).pixels(PixelType.GRAY16, compression);
        SampleWriter.write(file, recipe, 1, (done, total) -> {});
        return file;
    }

    @Test
    void everyCeilingIsMeasured() throws IOException {
        int[] tiles = IntStream.range(0, 16).toArray();
        Ceilings ceilings = Ceilings.measure(
                Location.of(sample(Compression.ZSTD1)), tiles, 400L * 400 * 2, Duration.ofMillis(200), false);
        List<StorageProbe.Depth> warm = ceilings.storage().stream()
                .filter(depth -> depth.state() == PageCache.State.WARM)
                .toList();
        assertEquals(
                List.of(1, 2, 4, 8, 16),
                warm.stream().map(StorageProbe.Depth::queueDepth).toList());
        for (StorageProbe.Depth depth : ceilings.storage()) {
            assertTrue(depth.requests() > 0 && depth.bytesPerSecond() > 0, depth.toString());
            assertTrue(depth.highSeconds() >= depth.medianSeconds() && depth.medianSeconds() > 0, depth.toString());
        }
        assertTrue(ceilings.copyBytesPerSecond().orElseThrow() > 1e6);
        assertTrue(ceilings.decodeMegapixelsPerSecond().orElseThrow() > 0.01);
        JsonObject json = ceilings.toJson();
        assertEquals(ceilings.storage().size(), json.getAsJsonArray("storage").size());
        assertTrue(ceilings.lines(1e6, 1e6, 1, "this").stream().anyMatch(line -> line.startsWith("decoding ")));
    }

    @Test
    void uncompressedTilesHaveNoCeilingOfDecoding() throws IOException {
        Ceilings ceilings = Ceilings.measure(
                Location.of(sample(Compression.UNCOMPRESSED)), new int[] {0, 5}, 1000, Duration.ofMillis(100), false);
        assertEquals(List.of(), ceilings.decode());
        assertTrue(ceilings.storageBytesPerSecond(PageCache.State.WARM).isPresent());
    }

    @Test
    void noTilesNoCeilings() throws IOException {
        assertEquals(
                Ceilings.NONE,
                Ceilings.measure(
                        Location.of(sample(Compression.ZSTD1)), new int[0], 1000, Duration.ofMillis(50), false));
    }

    @Test
    void droppingAFileLeavesItAsItIs() throws IOException {
        Path file = folder.resolve("some.bin");
        byte[] content = new byte[3 << 20];
        content[12345] = 1;
        Files.write(file, content);
        FileTime modified = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(file, modified);
        PageCache.Drop drop = PageCache.drop(file, false);
        OptionalDouble dropped = drop.residentShare();
        assertArrayEquals(content, Files.readAllBytes(file));
        assertEquals(modified, Files.getLastModifiedTime(file));
        assertTrue(PageCache.awaitUnmapped(file));

        boolean isOnDisk = !Files.getFileStore(file).type().matches("tmpfs|overlay|zfs|.*fuse.*");
        assumeTrue(drop.way().isPresent() && dropped.isPresent() && isOnDisk, "nothing can be dropped or seen here");
        assertTrue(drop.isCold(), drop.toString());
        assertEquals(PageCache.State.WARM, PageCache.State.of(PageCache.residentShare(file)));
    }

    @Test
    void whatIsNotColdIsCalledSo() {
        assertTrue(new PageCache.Drop(Optional.empty(), OptionalDouble.empty())
                .toString()
                .startsWith("not cold"));
        assertTrue(new PageCache.Drop(Optional.of("dd"), OptionalDouble.of(0.4))
                .toString()
                .startsWith("not cold: dd left 40.0 %"));
        assertEquals(PageCache.State.PARTLY, PageCache.State.of(OptionalDouble.of(0.4)));
        assertEquals(PageCache.State.UNKNOWN, PageCache.State.of(OptionalDouble.empty()));
    }
}
