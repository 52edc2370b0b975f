package io.github.czi4j.testing;

import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.io.MemoryByteSource;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.PixelType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Lays out small CZI files by hand, byte by byte from the format sheet, so that the reader is not tested against the
 * project's own writer. Whatever a test wants wrong can be made wrong.
 */
public final class TestCzi {
    /** Length of the file header segment. */
    public static final int HEADER = 544;

    /** A subblock to be. */
    public static final class Tile {
        Coordinate coordinate = Coordinate.of(Dimension.C, 0);
        Integer m;
        int x;
        int y;
        int width;
        int height;
        int storedWidth;
        int storedHeight;
        int pixelType;
        int compression;
        byte[] payload;
        byte[] metadata = new byte[0];
        byte[] attachment = new byte[0];
        long position;
        int filePart;
        final Map<Dimension, Integer> sizes = new EnumMap<>(Dimension.class);
        final List<Object[]> others = new ArrayList<>();

        /** A tile of full resolution at a place. */
        public Tile(int x, int y, int width, int height, PixelType type, byte[] payload) {
            this.x = x;
            this.y = y;
            this.width = width;
            this.height = height;
            this.storedWidth = width;
            this.storedHeight = height;
            this.pixelType = type.code();
            this.payload = payload;
        }

        /** Sets the indices. */
        public Tile at(String indices) {
            coordinate = Coordinate.parse(indices);
            return this;
        }

        /** Sets the tile number. */
        public Tile m(int number) {
            m = number;
            return this;
        }

        /** Sets the size in the document. */
        public Tile logical(int w, int h) {
            width = w;
            height = h;
            return this;
        }

        /** Makes it a pyramid tile. */
        public Tile stored(int w, int h) {
            storedWidth = w;
            storedHeight = h;
            return this;
        }

        /** Sets the code of the compression. */
        public Tile compression(int code) {
            compression = code;
            return this;
        }

        /** Sets the code of the pixel type. */
        public Tile pixelType(int code) {
            pixelType = code;
            return this;
        }

        /** Sets the subblock's own XML. */
        public Tile metadata(String xml) {
            metadata = xml.getBytes(StandardCharsets.UTF_8);
            return this;
        }

        /** Sets the subblock's own attachment. */
        public Tile attachment(byte[] bytes) {
            attachment = bytes;
            return this;
        }

        /** Sets the number of the file that the entry names. */
        public Tile part(int number) {
            filePart = number;
            return this;
        }

        /** Where it lies, once its file is laid out. */
        public long position() {
            return position;
        }

        /** Makes it go on along one of its dimensions. */
        public Tile size(Dimension dimension, int size) {
            sizes.put(dimension, size);
            return this;
        }

        /** Adds a dimension that the format may not know. */
        public Tile other(String letter, int start, int size) {
            others.add(new Object[] {letter, start, size, 1});
            return this;
        }

        byte[] entry() {
            List<Object[]> dimensions = new ArrayList<>();
            dimensions.add(new Object[] {"X", x, width, storedWidth});
            dimensions.add(new Object[] {"Y", y, height, storedHeight});
            for (Dimension dimension : Dimension.ofCoordinate()) {
                if (coordinate.has(dimension)) {
                    int size = sizes.getOrDefault(dimension, 1);
                    dimensions.add(new Object[] {dimension.name(), coordinate.get(dimension), size, size});
                }
            }
            if (m != null) {
                dimensions.add(new Object[] {"M", m, 1, 1});
            }
            dimensions.addAll(others);
            ByteBuffer entry = little(32 + 20 * dimensions.size());
            entry.put((byte) 'D').put((byte) 'V').putInt(pixelType).putLong(position);
            entry.putInt(filePart).putInt(compression).put(new byte[6]).putInt(dimensions.size());
            for (Object[] dimension : dimensions) {
                entry.put((byte) ((String) dimension[0]).charAt(0)).put(new byte[3]);
                entry.putInt((int) dimension[1])
                        .putInt((int) dimension[2])
                        .putFloat(0)
                        .putInt((int) dimension[3]);
            }
            return entry.array();
        }
    }

    private final List<Tile> tiles = new ArrayList<>();
    private final List<Object[]> attachments = new ArrayList<>();
    private final List<Tile> listed = new ArrayList<>();
    private byte[] xml;
    private long primaryGuid;
    private long guid;
    private int filePart;

    /** Adds a subblock. */
    public TestCzi add(Tile tile) {
        tiles.add(tile);
        return this;
    }

    /** Adds a subblock of another file to the directory alone; that file must have been laid out. */
    public TestCzi list(Tile tile) {
        listed.add(tile);
        return this;
    }

    /** Makes it a file of a set. */
    public TestCzi part(int number, long primary, long own) {
        filePart = number;
        primaryGuid = primary;
        guid = own;
        return this;
    }

    /** Sets the document's metadata. */
    public TestCzi xml(String text) {
        xml = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /** Adds an attachment. */
    public TestCzi attachment(String name, String type, byte[] payload) {
        attachments.add(new Object[] {name, type, payload});
        return this;
    }

    /** A tile of 8-bit grey, all of one value. */
    public static Tile gray8(int x, int y, int width, int height, int value) {
        byte[] pixels = new byte[width * height];
        Arrays.fill(pixels, (byte) value);
        return new Tile(x, y, width, height, PixelType.GRAY8, pixels);
    }

    /** The bytes of the file: header, subblocks, metadata, attachments, their directory, subblock directory. */
    public byte[] bytes() {
        List<byte[]> parts = new ArrayList<>();
        long position = HEADER;
        for (Tile tile : tiles) {
            tile.position = position;
            byte[] entry = tile.entry();
            int head = Math.max(256, 16 + entry.length);
            ByteBuffer data = little(head + tile.metadata.length + tile.payload.length + tile.attachment.length);
            data.putInt(tile.metadata.length).putInt(tile.attachment.length).putLong(tile.payload.length);
            data.put(entry).position(head);
            data.put(tile.metadata).put(tile.payload).put(tile.attachment);
            position += add(parts, "ZISRAWSUBBLOCK", data.array());
        }
        long metadataPosition = 0;
        if (xml != null) {
            metadataPosition = position;
            ByteBuffer data = little(256 + xml.length);
            data.putInt(xml.length).position(256);
            position += add(parts, "ZISRAWMETADATA", data.put(xml).array());
        }
        long attachmentsPosition = 0;
        if (!attachments.isEmpty()) {
            ByteBuffer entries = little(256 + 128 * attachments.size());
            entries.putInt(attachments.size()).position(256);
            for (Object[] attachment : attachments) {
                byte[] payload = (byte[]) attachment[2];
                ByteBuffer entry = little(128);
                entry.put((byte) 'A').put((byte) '1').position(12);
                entry.putLong(position).position(40);
                entry.put(((String) attachment[1]).getBytes(StandardCharsets.US_ASCII))
                        .position(48);
                entry.put(((String) attachment[0]).getBytes(StandardCharsets.US_ASCII));
                entries.put(entry.array());
                ByteBuffer data = little(256 + payload.length);
                data.putLong(payload.length).position(16);
                data.put(entry.array()).position(256);
                position += add(parts, "ZISRAWATTACH", data.put(payload).array());
            }
            attachmentsPosition = position;
            position += add(parts, "ZISRAWATTDIR", entries.array());
        }
        List<Tile> entries = new ArrayList<>(listed);
        entries.addAll(tiles);
        ByteBuffer directory = little(
                128 + entries.stream().mapToInt(tile -> tile.entry().length).sum());
        directory.putInt(entries.size()).position(128);
        entries.forEach(tile -> directory.put(tile.entry()));
        long directoryPosition = position;
        position += add(parts, "ZISRAWDIRECTORY", directory.array());

        ByteBuffer file = little((int) position);
        ByteBuffer header = little(512);
        header.putInt(1).position(16);
        header.putLong(primaryGuid)
                .putLong(primaryGuid)
                .putLong(guid)
                .putLong(guid)
                .putInt(filePart);
        header.putLong(directoryPosition).putLong(metadataPosition).putInt(0).putLong(attachmentsPosition);
        List<byte[]> head = new ArrayList<>();
        add(head, "ZISRAWFILE", header.array());
        file.put(head.get(0));
        parts.forEach(file::put);
        return file.array();
    }

    private static int add(List<byte[]> parts, String name, byte[] data) {
        int allocated = (data.length + 31) / 32 * 32;
        ByteBuffer segment = little(32 + allocated);
        segment.put(name.getBytes(StandardCharsets.US_ASCII)).position(16);
        segment.putLong(allocated).putLong(data.length).put(data);
        parts.add(segment.array());
        return segment.capacity();
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Opens the file from memory. */
    public CziReader open() throws CziException {
        return open(bytes(), CziOptions.defaults());
    }

    /** Opens a file from memory. */
    public static CziReader open(byte[] bytes, CziOptions options) throws CziException {
        return CziReader.open(new MemoryByteSource("test.czi", bytes), options);
    }
}
