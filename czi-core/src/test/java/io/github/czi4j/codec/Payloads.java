package io.github.czi4j.codec;

import io.airlift.compress.zstd.ZstdCompressor;
import io.github.czi4j.model.PixelType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;

/** Writers of payloads, for the tests of their readers. */
final class Payloads {
    private Payloads() {}

    /** Samples of a smooth slope with a little noise: compressible, and with all codes in use. */
    static byte[] pixels(int bytes, long seed) {
        Random random = new Random(seed);
        byte[] pixels = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            pixels[i] = (byte) ((i & 1) == 0 ? i / 7 + random.nextInt(5) : 3);
        }
        return pixels;
    }

    static byte[] zstd(byte[] content) {
        ZstdCompressor compressor = new ZstdCompressor();
        byte[] out = new byte[compressor.maxCompressedLength(content.length)];
        return Arrays.copyOf(out, compressor.compress(content, 0, content.length, out, 0, out.length));
    }

    /** A frame of raw blocks that does not say how large it is. */
    static byte[] zstdWithoutSize(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(hex("28b52ffd 00 68")); // window 8 MiB
        int position = 0;
        do {
            int size = Math.min(content.length - position, 100);
            boolean last = position + size == content.length;
            block(out, last, 0, size);
            out.write(content, position, size);
            position += size;
        } while (position < content.length);
        return out.toByteArray();
    }

    static void block(ByteArrayOutputStream out, boolean last, int type, int size) {
        int header = (last ? 1 : 0) | type << 1 | size << 3;
        out.write(header);
        out.write(header >>> 8);
        out.write(header >>> 16);
    }

    /** All low bytes, then all high ones; of an odd number the last byte stays at the end. */
    static byte[] pack(byte[] content) {
        byte[] packed = content.clone();
        int half = content.length / 2;
        for (int i = 0; i < half; i++) {
            packed[i] = content[2 * i];
            packed[half + i] = content[2 * i + 1];
        }
        return packed;
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** LZW as TIFF 6.0 describes the writer. */
    static byte[] lzw(byte[] content, boolean clearWhenFull, boolean end) {
        BitWriter out = new BitWriter();
        Map<Integer, Integer> table = new HashMap<>();
        int next = 258;
        int width = 9;
        out.write(256, width);
        int prefix = -1;
        for (byte signed : content) {
            int value = signed & 0xFF;
            Integer longer = prefix < 0 ? Integer.valueOf(value) : table.get(prefix << 8 | value);
            if (longer != null) {
                prefix = longer;
                continue;
            }
            out.write(prefix, width);
            if (next < 4096) {
                table.put(prefix << 8 | value, next++);
                if (next == 1 << width && width < 12) {
                    width++;
                }
            }
            prefix = value;
            if (clearWhenFull && next == 4095) {
                out.write(256, width);
                table.clear();
                next = 258;
                width = 9;
            }
        }
        if (prefix >= 0) {
            out.write(prefix, width);
            if (++next >= 1 << width && width < 12) {
                width++;
            }
        }
        if (end) {
            out.write(257, width);
        }
        return out.bytes();
    }

    static byte[] jpeg(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.setUseCache(false);
            ImageIO.write(image, "jpeg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static BufferedImage image(int width, int height, boolean colour) {
        BufferedImage image =
                new BufferedImage(width, height, colour ? BufferedImage.TYPE_3BYTE_BGR : BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, (x * 9 & 0xFF) << 16 | (y * 11 & 0xFF) << 8 | (x * y & 0xFF));
            }
        }
        return image;
    }

    static byte[] hex(String digits) {
        String tight = digits.replace(" ", "");
        byte[] bytes = new byte[tight.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(tight.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }

    static byte[] array(DecodedTile tile) {
        ByteBuffer view = tile.pixels().duplicate();
        byte[] bytes = new byte[view.remaining()];
        view.get(bytes);
        return bytes;
    }

    static TileFormat gray8(int width, int height) {
        return new TileFormat(width, height, PixelType.GRAY8);
    }

    static TileFormat gray16(int width, int height) {
        return new TileFormat(width, height, PixelType.GRAY16);
    }

    /** Codes of any width, most significant bit first. */
    static final class BitWriter {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private long bits;
        private int count;

        void write(int code, int width) {
            bits = bits << width | code;
            count += width;
            while (count >= 8) {
                count -= 8;
                out.write((int) (bits >>> count));
            }
        }

        byte[] bytes() {
            if (count > 0) {
                out.write((int) (bits << 8 - count));
                count = 0;
            }
            return out.toByteArray();
        }
    }
}
