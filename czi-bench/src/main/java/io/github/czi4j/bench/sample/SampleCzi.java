package io.github.czi4j.bench.sample;

import io.airlift.compress.zstd.ZstdCompressor;
import io.github.czi4j.model.PixelType;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;

/**
 * Writes synthetic mosaics to measure with: a grid of tiles for each channel, noise and bright spots as in fluorescence.
 * The same arguments give the same bytes.
 *
 * @param columns tiles side by side
 * @param rows tiles one below the other
 * @param channels each a whole grid
 * @param tileSize pixels of a side
 * @param overlap pixels that neighbours share
 * @param pixelType gray8 or gray16
 * @param zstd whether tiles are stored as zstd1 with packed high bytes, which needs gray16, or as they are
 */
public record SampleCzi(
        int columns, int rows, int channels, int tileSize, int overlap, PixelType pixelType, boolean zstd) {
    private static final int FILE_HEADER = 512;
    private static final int SUBBLOCK_HEAD = 256;
    private static final int DIMENSIONS = 4;
    private static final int ENTRY = 32 + 20 * DIMENSIONS;
    private static final int ALIGNMENT = 32;
    private static final int UNCOMPRESSED = 0;
    private static final int ZSTD1 = 6;
    /** Three bytes of header; high bytes follow low bytes. */
    private static final byte[] ZSTD1_HEADER = {3, 1, 1};

    private static final long SEED = 20_261_123;
    private static final int SPOTS = 40;
    private static final int NOISE = 64;
    private static final int BACKGROUND = 200;

    /**
     * Writes the file, tile by tile, in the order of the tile numbers.
     *
     * @param file where; an older file is replaced
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        int count = Math.multiplyExact(Math.multiplyExact(columns, rows), channels);
        ByteBuffer directory = little(Math.addExact(128, Math.multiplyExact(count, ENTRY)));
        directory.putInt(count).position(128);
        long position;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write(new byte[ALIGNMENT + FILE_HEADER]);
            position = ALIGNMENT + FILE_HEADER;
            for (int index = 0; index < count; index++) {
                byte[] entry = entry(index, position);
                directory.put(entry);
                byte[] payload = payload(index);
                ByteBuffer data = little(SUBBLOCK_HEAD + payload.length);
                data.putInt(0).putInt(0).putLong(payload.length).put(entry).position(SUBBLOCK_HEAD);
                position += segment(out, "ZISRAWSUBBLOCK", data.put(payload).array());
            }
            byte[] xml = xml().getBytes(StandardCharsets.UTF_8);
            ByteBuffer metadata = little(256 + xml.length);
            metadata.putInt(xml.length).position(256);
            long metadataPosition = position;
            position += segment(out, "ZISRAWMETADATA", metadata.put(xml).array());
            long directoryPosition = position;
            segment(out, "ZISRAWDIRECTORY", directory.array());
            out.flush();
            writeHeader(file, directoryPosition, metadataPosition);
        }
    }

    private static void writeHeader(Path file, long directoryPosition, long metadataPosition) throws IOException {
        ByteBuffer header = little(ALIGNMENT + FILE_HEADER);
        header.put("ZISRAWFILE".getBytes(StandardCharsets.US_ASCII)).position(16);
        header.putLong(FILE_HEADER).putLong(FILE_HEADER).putInt(1).position(ALIGNMENT + 52);
        header.putLong(directoryPosition).putLong(metadataPosition).rewind();
        try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            while (header.hasRemaining()) {
                channel.write(header);
            }
        }
    }

    private byte[] entry(int index, long position) {
        int m = index % (columns * rows);
        int step = tileSize - overlap;
        ByteBuffer entry = little(ENTRY);
        entry.put((byte) 'D').put((byte) 'V').putInt(pixelType.code()).putLong(position);
        entry.putInt(0).putInt(zstd ? ZSTD1 : UNCOMPRESSED).put(new byte[6]).putInt(DIMENSIONS);
        dimension(entry, 'X', m % columns * step, tileSize);
        dimension(entry, 'Y', m / columns * step, tileSize);
        dimension(entry, 'C', index / (columns * rows), 1);
        dimension(entry, 'M', m, 1);
        return entry.array();
    }

    private static void dimension(ByteBuffer entry, char name, int start, int size) {
        entry.put((byte) name).put(new byte[3]);
        entry.putInt(start).putInt(size).putFloat(0).putInt(size);
    }

    private byte[] payload(int index) {
        int pixels = tileSize * tileSize;
        int[] values = new int[pixels];
        Random random = new Random(SEED + index);
        int noise = random.nextInt() | 1;
        for (int i = 0; i < pixels; i++) {
            // Marsaglia's xorshift: the sample must not take longer to make than to measure.
            noise ^= noise << 13;
            noise ^= noise >>> 17;
            noise ^= noise << 5;
            values[i] = BACKGROUND + (noise & NOISE - 1);
        }
        for (int spot = 0; spot < SPOTS; spot++) {
            addSpot(values, random);
        }
        if (pixelType == PixelType.GRAY8) {
            byte[] bytes = new byte[pixels];
            for (int i = 0; i < pixels; i++) {
                bytes[i] = (byte) Math.min(255, values[i] >> 2);
            }
            return bytes;
        }
        byte[] bytes = new byte[2 * pixels];
        for (int i = 0; i < pixels; i++) {
            bytes[zstd ? i : 2 * i] = (byte) values[i];
            bytes[zstd ? pixels + i : 2 * i + 1] = (byte) (values[i] >> 8);
        }
        return zstd ? compress(bytes) : bytes;
    }

    private void addSpot(int[] values, Random random) {
        int radius = 2 + random.nextInt(Math.max(1, tileSize / 32));
        int x = random.nextInt(tileSize);
        int y = random.nextInt(tileSize);
        int peak = 500 + random.nextInt(2500);
        for (int row = Math.max(0, y - radius); row < Math.min(tileSize, y + radius); row++) {
            for (int column = Math.max(0, x - radius); column < Math.min(tileSize, x + radius); column++) {
                int far = (row - y) * (row - y) + (column - x) * (column - x);
                values[row * tileSize + column] += Math.max(0, peak - peak * far / (radius * radius));
            }
        }
    }

    private static byte[] compress(byte[] bytes) {
        ZstdCompressor compressor = new ZstdCompressor();
        byte[] compressed = new byte[ZSTD1_HEADER.length + compressor.maxCompressedLength(bytes.length)];
        System.arraycopy(ZSTD1_HEADER, 0, compressed, 0, ZSTD1_HEADER.length);
        int length = compressor.compress(
                bytes, 0, bytes.length, compressed, ZSTD1_HEADER.length, compressed.length - ZSTD1_HEADER.length);
        return Arrays.copyOf(compressed, ZSTD1_HEADER.length + length);
    }

    private String xml() {
        int width = columns * (tileSize - overlap) + overlap;
        int height = rows * (tileSize - overlap) + overlap;
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?><ImageDocument><Metadata><Information><Image><SizeX>" + width
                + "</SizeX><SizeY>" + height + "</SizeY><SizeC>" + channels + "</SizeC><SizeM>" + columns * rows
                + "</SizeM></Image></Information></Metadata></ImageDocument>";
    }

    private static int segment(OutputStream out, String name, byte[] data) throws IOException {
        int allocated = (data.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer head = little(ALIGNMENT);
        head.put(name.getBytes(StandardCharsets.US_ASCII)).position(16);
        head.putLong(allocated).putLong(data.length);
        out.write(head.array());
        out.write(data);
        out.write(new byte[allocated - data.length]);
        return ALIGNMENT + allocated;
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
