package io.github.czi4j.codec.jpegxr;

import static io.github.czi4j.testing.JxrStreams.stream;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.czi4j.codec.jpegxr.JxrOptions.Resolution;
import io.github.czi4j.codec.jpegxr.JxrOptions.Truncation;
import io.github.czi4j.model.Rect;
import io.github.czi4j.testing.JxrStreams;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams that are part of the project: pictures by formula, encoded without loss (resources/jxr/make.sh). */
class JxrDecoderTest {
    private static final int WIDTH = 67;
    private static final int HEIGHT = 45;
    /** For a longer hunt: {@code mvn test -pl czi-core -Dtest=JxrDecoderTest -Dczi4j.fuzz.rounds=10000000}. */
    private static final long ROUNDS = Long.getLong("czi4j.fuzz.rounds", 100_000);

    private static final JxrOptions SMALL = JxrOptions.defaults().maxBytes(16 << 20);

    private static final List<String> STREAMS = JxrStreams.lossless();

    private static int value(int x, int y, int c) {
        return x * x * 3 + y * 251 + c * 7919 + x * y * 13 & 0xFFFF;
    }

    @ParameterizedTest
    @MethodSource("io.github.czi4j.testing.JxrStreams#lossless")
    void picturesByFormulaComeBack(String name) throws IOException {
        JxrImage image = JxrDecoder.decode(stream(name), JxrOptions.defaults());
        assertEquals(WIDTH, image.width());
        assertEquals(HEIGHT, image.height());
        assertFalse(image.isTruncated());
        ByteBuffer samples = ByteBuffer.wrap(image.samples()).order(ByteOrder.LITTLE_ENDIAN);
        int count = image.format().samplesPerPixel();
        boolean isBgr = name.startsWith("bgr");
        boolean isWide = image.format().bitsPerSample() == 16;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                for (int s = 0; s < count; s++) {
                    int at = (y * WIDTH + x) * count + s;
                    int expected = value(x, y, isBgr ? 2 - s : s);
                    int found = isWide ? samples.getShort(2 * at) & 0xFFFF : samples.get(at) & 0xFF;
                    assertEquals(isWide ? expected : expected >> 8, found, x + "," + y + "," + s);
                }
            }
        }
    }

    @Test
    void aStreamThatIsCutIsRefusedOrPaddedAndSaysSo() throws IOException {
        for (String name : STREAMS) {
            byte[] whole = stream(name);
            int refused = 0;
            int padded = 0;
            int step = 1 + whole.length / 2000;
            int tried = 0;
            for (int length = 0; length < whole.length; length += step) {
                tried++;
                byte[] cut = Arrays.copyOf(whole, length);
                try {
                    JxrDecoder.decode(cut, JxrOptions.defaults());
                } catch (JxrException e) {
                    refused++;
                }
                try {
                    JxrImage image =
                            JxrDecoder.decode(cut, length, JxrOptions.defaults().truncation(Truncation.PAD));
                    padded += image.isTruncated() ? 1 : 0;
                    assertEquals(WIDTH, image.width());
                } catch (JxrException e) {
                    assertTrue(e.offset() >= 0 && e.offset() <= whole.length, e.getMessage());
                }
            }
            // The last few bytes may hold nothing but padding.
            assertTrue(refused >= tried - 16, name + ": " + refused + " of " + tried);
            assertTrue(padded > 0, name);
        }
    }

    @Test
    @Timeout(60)
    void aDecoderIsAsGoodAfterDamageAsBefore() throws IOException {
        JxrDecoder decoder = new JxrDecoder();
        int refused = 0;
        for (long seed = 0; seed < 2000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] whole = stream(STREAMS.get(random.nextInt(STREAMS.size())));
            byte[] mutated = whole.clone();
            mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                decoder.decodeNext(mutated, mutated.length, SMALL);
            } catch (JxrException e) {
                refused++;
            }
            JxrImage after = decoder.decodeNext(whole, whole.length, SMALL);
            JxrImage fresh = JxrDecoder.decode(whole, SMALL);
            assertArrayEquals(fresh.samples(), after.samples(), "seed " + seed);
        }
        assertTrue(refused > 100, refused + " refused");
    }

    /** What is wrong comes out alike: neither way takes liberties that the other does not. */
    @Test
    @Timeout(60)
    void thePlainWayMakesTheSameOfDamage() throws IOException {
        int pictures = 0;
        for (long seed = 0; seed < 4000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] mutated = stream(STREAMS.get(random.nextInt(STREAMS.size())));
            mutated[100 + random.nextInt(mutated.length - 100)] ^= (byte) (1 << random.nextInt(8));
            JxrOptions options = SMALL.truncation(Truncation.PAD);
            JxrImage fast;
            try {
                fast = JxrDecoder.decode(mutated, mutated.length, options, false, null);
            } catch (JxrException e) {
                JxrException plain = assertThrows(
                        JxrException.class, () -> JxrDecoder.decode(mutated, mutated.length, options, true, null));
                assertEquals(e.getMessage(), plain.getMessage());
                continue;
            }
            JxrImage plain = JxrDecoder.decode(mutated, mutated.length, options, true, null);
            assertArrayEquals(plain.samples(), fast.samples(), "seed " + seed);
            pictures++;
        }
        assertTrue(pictures > 1000, pictures + " pictures");
    }

    /** HD Photo's compensation sets in with steps above 20, which encoders of today do not come near (sheet §8.8). */
    @Test
    void bothWaysCompensateFromTheSameStepOn() throws IOException {
        for (int parameter = 40; parameter < 64; parameter++) {
            byte[] file = stream("gray8-overlap1");
            int signature = indexOf(file, "WMPHOTO\0".getBytes(StandardCharsets.US_ASCII));
            file[signature + 8] &= (byte) 0xF0; // the operators of HD Photo
            BitReader in = new BitReader(file, signature, file.length);
            ImageHeader image = ImageHeader.read(in);
            // Behind the first byte: DC, lowpass and highpass, each "uniform" and a parameter, the latter two after a
            // flag.
            int at = in.byteOffset() * 8 + 8 + 9 + 10 + 2;
            for (int bit = 0; bit < 8; bit++) {
                int mask = 0x80 >> (at + bit) % 8;
                int value = (parameter << bit & 0x80) != 0 ? mask : 0;
                file[(at + bit) / 8] = (byte) (file[(at + bit) / 8] & ~mask | value);
            }
            int step = PlaneHeader.read(in, image, false).highpassSteps[0];
            assertEquals(parameter < 48 ? 17 + (parameter & 15) >> 1 : 16 + (parameter & 15), step);
            JxrImage plain = JxrDecoder.decode(file, file.length, SMALL, true, null);
            assertArrayEquals(plain.samples(), JxrDecoder.decode(file, SMALL).samples(), "step " + step);
        }
    }

    /** Whatever the bytes: a picture or a JxrException, in memory that the bytes justify. */
    @Test
    @Timeout(120)
    void mutatedStreamsGiveAPictureOrAReason() throws IOException {
        byte[][] streams = new byte[STREAMS.size()][];
        for (int i = 0; i < streams.length; i++) {
            streams[i] = stream(STREAMS.get(i));
        }
        long pictures = LongStream.range(0, ROUNDS)
                .parallel()
                .filter(seed -> mutate(streams, seed))
                .count();
        assertTrue(pictures > ROUNDS / 20, pictures + " pictures");
    }

    /** Whether a picture came of a mutation. */
    private static boolean mutate(byte[][] streams, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] mutated = streams[random.nextInt(streams.length)].clone();
        // Headers are hit more often than they would be by chance.
        int range = random.nextBoolean() ? 250 : mutated.length;
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            mutated[random.nextInt(range)] = (byte) random.nextInt();
        }
        JxrOptions options = SMALL.truncation(Truncation.PAD);
        if (random.nextInt(4) == 0) {
            Resolution[] resolutions = Resolution.values();
            options = options.resolution(resolutions[random.nextInt(resolutions.length)])
                    .region(new Rect(random.nextInt(20), random.nextInt(20), 1 + random.nextInt(40), 12));
        }
        try {
            JxrImage image = JxrDecoder.decode(mutated, mutated.length, options);
            assertTrue(image.samples().length <= 16 << 20);
            return true;
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().startsWith("the region "), e.getMessage());
            return false;
        } catch (JxrException e) {
            assertTrue(e.getMessage().startsWith("JPEG XR: "), e.getMessage());
            return false;
        } catch (RuntimeException | Error e) {
            return fail("seed " + seed, e);
        }
    }

    @Test
    @Timeout(10)
    void hugeSizesAreRefusedBeforeAnythingIsAllocated() throws IOException {
        byte[] file = stream("gray8-overlap1");
        int header = indexOf(file, "WMPHOTO\0".getBytes(StandardCharsets.US_ASCII));
        // Width and height follow the signature and four bytes; the short header has 16 bits for each.
        file[header + 12] = (byte) 0xFF;
        file[header + 13] = (byte) 0xFF;
        file[header + 14] = (byte) 0xFF;
        file[header + 15] = (byte) 0xFF;
        JxrException e = assertThrows(JxrException.class, () -> JxrDecoder.decode(file, JxrOptions.defaults()));
        assertEquals(JxrException.Kind.CORRUPT, e.kind());
        JxrException small = assertThrows(
                JxrException.class,
                () -> JxrDecoder.decode(
                        stream("rgb48-overlap0"), JxrOptions.defaults().maxBytes(1000)));
        assertEquals(JxrException.Kind.LIMIT, small.kind());
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }
}
