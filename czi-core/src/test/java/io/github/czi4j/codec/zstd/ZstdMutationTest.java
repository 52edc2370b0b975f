package io.github.czi4j.codec.zstd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.czi4j.codec.zstd.Reference.Look;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Damaged frames: an exception or content, whatever surrounds them and whichever loop decodes them, and the reference's content where it has any. More
 * rounds by {@code -Dczi4j.fuzz.rounds}, other ones by {@code -Dczi4j.fuzz.seed}.
 */
class ZstdMutationTest {
    private static final int ROUNDS = Integer.getInteger("czi4j.fuzz.rounds", 100_000);
    private static final long SEED = Long.getLong("czi4j.fuzz.seed", 20260101);

    private record Seedling(byte[] frame, int length) {}

    private static List<Seedling> seedlings() {
        List<Seedling> seedlings = new ArrayList<>();
        for (Look look : Look.values()) {
            for (int length : new int[] {40, 700, 3000, 9000}) {
                byte[] content = Reference.content(look, length, length);
                seedlings.add(new Seedling(Reference.encode(content, 1), length));
                seedlings.add(new Seedling(Reference.encode(content, 19, false, false, 0), length));
            }
            // Several blocks, so that tables are repeated.
            byte[] content = Reference.content(look, 140_000, 3);
            seedlings.add(new Seedling(Reference.encode(content, 3), content.length));
        }
        return seedlings;
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void everyMutationIsContentOrAnException() {
        Reference.needNative();
        List<Seedling> seedlings = seedlings();
        ZstdDecoder decoder = new ZstdDecoder(false);
        ZstdDecoder other = new ZstdDecoder(true);
        int decoded = 0;
        int stricter = 0;
        int laxer = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long seed = SEED + i;
            Random random = new Random(seed);
            Seedling seedling = seedlings.get(random.nextInt(seedlings.size()));
            byte[] frame = mutated(seedling.frame, random);
            int room = seedling.length + random.nextInt(3) * 40;
            byte[] content = null;
            try {
                content = Frames.decode(decoder, frame, room, (byte) 0);
            } catch (ZstdException e) {
                // As good as content.
            } catch (Throwable e) {
                fail("seed " + seed, e);
            }
            byte[] again = null;
            try {
                again = Frames.decode(other, frame, room, (byte) 0xFF);
            } catch (ZstdException e) {
                // The same as before, which is looked at below.
            }
            assertArrayEquals(
                    content, again, "seed " + seed + ": depends on what is outside of the frame, or on the loop");
            byte[] reference = Reference.decodeNative(frame, room);
            if (content != null && reference != null) {
                assertArrayEquals(reference, content, "seed " + seed);
                decoded++;
            } else if (content != null && !sizeContradicts(frame, content.length)) {
                // It sees the bytes behind a block that damage made the last one.
                stricter++;
            } else if (reference != null) {
                // It does not always ask whether a stream of literals ends where it should.
                laxer++;
            }
        }
        assertTrue(decoded > ROUNDS / 50, decoded + " decoded");
        assertTrue(stricter <= ROUNDS / 200, stricter + " refused by the reference alone");
        assertTrue(laxer <= ROUNDS / 10, laxer + " decoded by the reference alone");
    }

    /** Content sizes are held against the content by the package above. */
    private static boolean sizeContradicts(byte[] frame, int length) {
        int blocks = Frames.blocks(frame);
        int descriptor = frame[4] & 0xFF;
        int bytes = blocks - 5 - ((descriptor & 0x20) != 0 ? 0 : 1);
        return bytes > 0
                && (bytes == 8 || Bytes.little(frame, blocks - bytes, bytes) + (bytes == 2 ? 256 : 0) != length);
    }

    private static byte[] mutated(byte[] frame, Random random) {
        byte[] copy = frame.clone();
        int blocks = Frames.blocks(frame);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            // Headers and tables are where damage does most: every other change is made there.
            int span = Math.min(copy.length - blocks, random.nextBoolean() ? 40 : copy.length);
            if (span <= 0) {
                break;
            }
            int at = blocks + random.nextInt(span);
            switch (random.nextInt(5)) {
                case 0, 1 -> copy[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> copy[at] = (byte) random.nextInt(256);
                case 3 -> Arrays.fill(copy, at, Math.min(copy.length, at + 4), (byte) -random.nextInt(2));
                default -> copy = random.nextInt(4) == 0 ? Arrays.copyOf(copy, at) : copy;
            }
        }
        return copy;
    }
}
