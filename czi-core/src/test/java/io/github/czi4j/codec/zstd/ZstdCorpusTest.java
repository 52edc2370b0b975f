package io.github.czi4j.codec.zstd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import io.github.czi4j.CziReader;
import io.github.czi4j.model.Compression;
import io.github.czi4j.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every zstd payload of the corpus: as two other decoders decode it, or refused by all three. */
class ZstdCorpusTest {
    private static final int MAGIC = 0xFD2FB528;
    private static final int LARGEST = 64 << 20;

    private final ZstdDecoder decoder = new ZstdDecoder(false);
    private final ZstdDecoder other = new ZstdDecoder(true);

    @Test
    void agreesWithTwoOtherDecoders() throws IOException {
        Reference.needNative();
        int payloads = 0;
        for (String folder : List.of("real", "made", "bench")) {
            Path some = Corpus.require(folder.equals("bench") ? "bench/tiles_gray16_zstd1hilo.czi" : "README.md");
            Path parent = folder.equals("bench") ? some.getParent() : some.resolveSibling(folder);
            List<Path> files;
            try (Stream<Path> listed = Files.list(parent)) {
                files = listed.filter(file -> file.toString().endsWith(".czi"))
                        .sorted()
                        .toList();
            }
            for (Path file : files) {
                payloads += check(file);
            }
        }
        assertTrue(payloads > 600, payloads + " payloads");
    }

    private int check(Path file) {
        int payloads = 0;
        try (CziReader reader = CziReader.open(file)) {
            for (int i = 0; i < reader.subblockCount(); i++) {
                Compression compression = reader.subblock(i).info().compression();
                if (compression == Compression.ZSTD0 || compression == Compression.ZSTD1) {
                    byte[] payload = reader.subblock(i).rawData();
                    int start = compression == Compression.ZSTD0 || payload.length == 0 ? 0 : payload[0] & 0xFF;
                    payloads += check(payload, start, file.getFileName() + ", subblock " + i) ? 1 : 0;
                }
            }
        } catch (IOException e) {
            // Files that are damaged on purpose: their other subblocks are looked at by other tests.
        }
        return payloads;
    }

    private boolean check(byte[] payload, int start, String what) {
        if (payload.length < start + 9 || Bytes.getInt(payload, start) != MAGIC) {
            return false;
        }
        byte[] frame = Arrays.copyOfRange(payload, start, payload.length);
        long size = Zstd.getFrameContentSize(frame);
        if (size <= 0 || size > LARGEST) {
            return false;
        }
        byte[] expected = Reference.decodeNative(frame, (int) size);
        byte[] found = null;
        try {
            found = Frames.decode(decoder, frame, (int) size, (byte) 0);
            assertArrayEquals(found, Frames.decode(other, frame, (int) size, (byte) 0), what);
        } catch (ZstdException e) {
            // The reference must refuse it too.
        }
        assertArrayEquals(expected, found, what);
        if (expected != null) {
            assertArrayEquals(expected, Reference.decodeAircompressor(frame, (int) size), what);
        }
        return expected != null;
    }
}
