package io.github.czi4j.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.czi4j.model.Compression;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.PixelType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged payloads: a bitmap or a {@link CodecException}, soon, and from little memory. */
class CodecMutationTest {
    private static final int MUTATIONS = 20_000;

    /** What may be kept of tiles this small: three arrays of the least limit (16 MiB). */
    private static final long MEMORY = 3L * (16 << 20) + (1 << 16);

    private record Seedling(Compression compression, TileFormat format, byte[] payload) {}

    private static List<Seedling> seedlings() {
        TileFormat gray16 = Payloads.gray16(40, 30);
        TileFormat bgr24 = new TileFormat(40, 30, PixelType.BGR24);
        byte[] content = Payloads.pixels(gray16.bytes(), 7);
        byte[] noise = new byte[gray16.bytes()];
        new Random(8).nextBytes(noise);
        byte[] packed = Payloads.zstd(Payloads.pack(content));
        return List.of(
                new Seedling(Compression.UNCOMPRESSED, gray16, content),
                new Seedling(Compression.LZW, gray16, Payloads.lzw(content, true, true)),
                new Seedling(Compression.LZW, gray16, Payloads.lzw(noise, false, false)),
                new Seedling(Compression.ZSTD0, gray16, Payloads.zstd(content)),
                new Seedling(Compression.ZSTD0, gray16, Payloads.zstdWithoutSize(content)),
                new Seedling(Compression.ZSTD1, gray16, Payloads.concat(new byte[] {3, 1, 1}, packed)),
                new Seedling(Compression.ZSTD1, bgr24, Payloads.concat(new byte[] {1}, packed)),
                new Seedling(Compression.JPEG, bgr24, Payloads.jpeg(Payloads.image(40, 30, true))),
                new Seedling(Compression.JPEG, Payloads.gray8(40, 30), Payloads.jpeg(Payloads.image(40, 30, false))),
                new Seedling(Compression.JPEG_XR, bgr24, Payloads.hex("4949bc01 08000000")));
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void everyMutationIsABitmapOrACodecException() {
        List<Seedling> seedlings = seedlings();
        long base = 20260101;
        Scratch scratch = new Scratch();
        for (int i = 0; i < MUTATIONS; i++) {
            Seedling seedling = seedlings.get(i % seedlings.size());
            long seed = base + i;
            ByteBuffer payload = ByteBuffer.wrap(mutated(seedling.payload, new Random(seed)));
            try {
                DecodedTile tile = Codecs.decode(
                        seedling.compression, seedling.compression.code(), payload, seedling.format, scratch);
                assertEquals(seedling.format.bytes(), tile.pixels().limit());
            } catch (CodecException e) {
                if (e.offset() < 0 || e.offset() > payload.limit() || e.kind() == CziException.Kind.IO) {
                    fail("seed " + seed + ", " + seedling.compression + ": offset " + e.offset(), e);
                }
            } catch (Throwable e) {
                fail("seed " + seed + ", " + seedling.compression, e);
            }
            if (scratch.bytes() > MEMORY) {
                fail("seed " + seed + ", " + seedling.compression + ": " + scratch.bytes() + " bytes of scratch");
            }
        }
    }

    private static byte[] mutated(byte[] payload, Random random) {
        byte[] copy = payload.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            // Headers are where damage does most: every other change is made there.
            int span = random.nextBoolean() ? Math.min(32, copy.length) : copy.length;
            if (span == 0) {
                break;
            }
            int at = random.nextInt(span);
            switch (random.nextInt(4)) {
                case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> copy[at] = (byte) random.nextInt(256);
                case 2 -> Arrays.fill(copy, at, Math.min(copy.length, at + 4), (byte) -random.nextInt(2));
                default -> copy = random.nextInt(4) == 0 ? Arrays.copyOf(copy, at) : copy;
            }
        }
        return copy;
    }
}
