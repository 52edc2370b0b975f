package io.github.czi4j.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What happens to a payload that holds another number of bytes than the bitmap: the directory is authoritative, a
 * surplus is dropped and missing bytes are 0 (sheet §4.1).
 */
final class Fit {
    /** Surplus factor that a payload may announce: T sizes above 1 were seen (sheet §9.2, row 5), bombs are refused. */
    private static final long FACTOR = 16;

    /** What any payload may announce, in bytes, however small its bitmap. */
    private static final long FLOOR = 16L << 20;

    private Fit() {}

    /**
     * Refuses what is too large to be a mere surplus.
     *
     * @param announced bytes that the payload says it decodes to
     * @param codec name for the message
     * @throws CodecException if that is beyond {@link #limit}
     */
    static void check(long announced, TileFormat format, String codec) throws CodecException {
        if (announced < 0 || announced > limit(format)) {
            throw CodecException.limit(codec + " announces " + Long.toUnsignedString(announced)
                    + " bytes for a bitmap of " + format.bytes() + "; at most " + limit(format) + " are decoded");
        }
    }

    /**
     * Most bytes to decode for a bitmap.
     *
     * @return at least {@code format.bytes()}, at most what an array holds
     */
    static int limit(TileFormat format) {
        return (int) Math.min(Math.max(FACTOR * format.bytes(), FLOOR), Integer.MAX_VALUE - 8);
    }

    /**
     * A bitmap in an array, cropped or padded to its size.
     *
     * @param pixels at least as long as {@code found} and the bitmap
     * @param valid bytes of {@code pixels} that were written
     * @param found bytes that the payload held, for the warning
     * @param warnings what was mended before
     */
    static DecodedTile tile(byte[] pixels, int valid, int found, TileFormat format, List<String> warnings) {
        int expected = format.bytes();
        if (valid < expected) {
            Arrays.fill(pixels, valid, expected, (byte) 0);
        }
        ByteBuffer view = ByteBuffer.wrap(pixels, 0, expected).slice().order(ByteOrder.LITTLE_ENDIAN);
        return new DecodedTile(view, found == expected ? warnings : join(warnings, mismatch(expected, found)));
    }

    /**
     * The beginning of a payload as the bitmap, without a copy.
     *
     * @param payload at least as long as the bitmap
     * @param warnings what was mended
     */
    static DecodedTile view(ByteBuffer payload, TileFormat format, String... warnings) {
        ByteBuffer pixels = payload.slice(0, format.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        return new DecodedTile(pixels, List.of(warnings));
    }

    /** The sentence for a payload of another size. */
    static String mismatch(int expected, int found) {
        return "expected " + expected + " bytes of pixels, found " + found
                + (found > expected ? ": the surplus is dropped" : ": the missing ones are 0");
    }

    /** One warning more. */
    static List<String> join(List<String> warnings, String warning) {
        if (warnings.isEmpty()) {
            return List.of(warning);
        }
        List<String> joined = new ArrayList<>(warnings);
        joined.add(warning);
        return List.copyOf(joined);
    }
}
