package io.github.czi4j.codec.zstd;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;

/** Other decoders and encoders of zstd, and content to try them with. */
final class Reference {
    private static final boolean NATIVE = loads();

    private Reference() {}

    private static boolean loads() {
        try {
            return Zstd.maxCompressionLevel() > 0;
        } catch (LinkageError e) {
            return false;
        }
    }

    /** Skips a test where the native library has no build for this machine. */
    static void needNative() {
        Assumptions.assumeTrue(NATIVE, "zstd-jni's native library cannot be loaded here");
    }

    /** What the reference decodes a whole payload to, or null if it refuses it. */
    static byte[] decodeNative(byte[] frame, int room) {
        byte[] out = new byte[room];
        try {
            long length = Zstd.decompressByteArray(out, 0, room, frame, 0, frame.length);
            return Zstd.isError(length) ? null : Arrays.copyOf(out, (int) length);
        } catch (RuntimeException e) {
            return null;
        }
    }

    static byte[] decodeAircompressor(byte[] frame, int room) {
        byte[] out = new byte[room];
        return Arrays.copyOf(out, new ZstdDecompressor().decompress(frame, 0, frame.length, out, 0, room));
    }

    static byte[] encodeAircompressor(byte[] content) {
        ZstdCompressor compressor = new ZstdCompressor();
        byte[] frame = new byte[compressor.maxCompressedLength(content.length)];
        return Arrays.copyOf(frame, compressor.compress(content, 0, content.length, frame, 0, frame.length));
    }

    static byte[] encode(byte[] content, int level) {
        return Zstd.compress(content, level);
    }

    /** A frame with whatever of header and checksum is wanted. */
    static byte[] encode(byte[] content, int level, boolean contentSize, boolean checksum, int longWindow) {
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            context.setLevel(level).setContentSize(contentSize).setChecksum(checksum);
            if (longWindow > 0) {
                context.setLong(longWindow);
            }
            return context.compress(content);
        }
    }

    /** What content looks like, so that blocks of all types and tables of all modes come up. */
    enum Look {
        ZEROS,
        NOISE,
        /** Uneven bytes without repetitions: literals only. */
        SKEWED,
        /** Two bits of information in each byte: several symbols a look-up. */
        FEW_SYMBOLS,
        /** 16-bit samples of a slope with noise. */
        SAMPLES,
        /** Repetitions at all distances, short ones included. */
        REPEATING,
        TEXT,
        /** A bit of each, in runs. */
        MIXED
    }

    static byte[] content(Look look, int bytes, long seed) {
        Random random = new Random(seed);
        byte[] content = new byte[bytes];
        switch (look) {
            case ZEROS -> {}
            case NOISE -> random.nextBytes(content);
            case SKEWED -> {
                for (int i = 0; i < bytes; i++) {
                    content[i] = (byte) (40 + 12 * random.nextGaussian());
                }
            }
            case FEW_SYMBOLS -> {
                for (int i = 0; i < bytes; i++) {
                    content[i] = (byte) Math.abs(1.2 * random.nextGaussian());
                }
            }
            case SAMPLES -> {
                for (int i = 0; i < bytes; i++) {
                    int value = (int) (300 + i / 64 % 900 + 9 * random.nextGaussian());
                    content[i] = (byte) (i % 2 == 0 ? value : value >> 8);
                }
            }
            case REPEATING -> {
                for (int i = 0; i < bytes; ) {
                    int length = 1 + (int) Math.min(3000, Math.abs(Math.exp(2.5 * random.nextGaussian())));
                    int distance = 1 + (int) Math.abs(Math.exp(3 * random.nextGaussian()));
                    for (int k = 0; k < length && i < bytes; k++, i++) {
                        boolean fresh = i < distance || k < 2 && random.nextInt(3) == 0;
                        content[i] = fresh ? (byte) random.nextInt(256) : content[i - distance];
                    }
                }
            }
            case TEXT -> {
                String[] words = {"tile ", "scene ", "channel=", "<Metadata>", "0.325", "\n", "pyramid layer ", "z"};
                StringBuilder text = new StringBuilder();
                while (text.length() < bytes) {
                    text.append(words[random.nextInt(words.length)]).append(random.nextInt(30));
                }
                for (int i = 0; i < bytes; i++) {
                    content[i] = (byte) text.charAt(i);
                }
            }
            case MIXED -> {
                for (int i = 0; i < bytes; ) {
                    int length = Math.min(bytes - i, 1 + random.nextInt(40_000));
                    Look part = Look.values()[random.nextInt(Look.values().length - 1)];
                    System.arraycopy(content(part, length, random.nextLong()), 0, content, i, length);
                    i += length;
                }
            }
        }
        return content;
    }
}
