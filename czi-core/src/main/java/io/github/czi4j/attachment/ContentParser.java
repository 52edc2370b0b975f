package io.github.czi4j.attachment;

import io.github.czi4j.attachment.AttachmentContent.Archive;
import io.github.czi4j.attachment.AttachmentContent.ArchiveEntry;
import io.github.czi4j.attachment.AttachmentContent.Event;
import io.github.czi4j.attachment.AttachmentContent.EventKind;
import io.github.czi4j.attachment.AttachmentContent.LookupCurve;
import io.github.czi4j.attachment.AttachmentContent.LookupTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Reads payloads of attachments (sheet §6.3). Counts are held against the bytes that are there: what a payload announces
 * beyond its end is left out, because some producers' own sizes are wrong.
 */
public final class ContentParser {
    private static final int TIMES_HEAD = 8;
    private static final int EVENT_HEAD = 20;
    private static final int IDENTIFIER = 80;
    /** Bytes of an archive that are gone through, packed or not: a bomb ends here. */
    private static final int MAX_INFLATED = 256 << 20;

    private ContentParser() {}

    /**
     * Reads what needs no decoder.
     *
     * @param type of the attachment, for instance {@code CZTIMS}
     * @param payload its bytes
     * @return the content; {@link AttachmentContent.Binary} for types that are not known
     */
    public static AttachmentContent parse(String type, byte[] payload) {
        ByteBuffer bytes = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        return switch (type) {
            case "CZTIMS" -> new AttachmentContent.TimeStamps(doubles(bytes));
            case "CZFOC" -> new AttachmentContent.FocusPositions(doubles(bytes));
            case "CZEVL" -> new AttachmentContent.EventList(events(bytes));
            case "CZLUT" -> new AttachmentContent.LookupTables(lookupTables(bytes));
            case "CZI", "ZISRAW" -> new AttachmentContent.EmbeddedFile();
            default -> byMagic(type, payload);
        };
    }

    private static AttachmentContent byMagic(String type, byte[] payload) {
        if (startsWith(payload, "ZISRAWFILE")) {
            return new AttachmentContent.EmbeddedFile();
        }
        if (startsWith(payload, "PK\u0003\u0004")) {
            return new Archive(zipEntries(payload));
        }
        if (payload.length > 18 && (payload[0] & 0xFF) == 0x1F && (payload[1] & 0xFF) == 0x8B) {
            // The last four bytes of gzip are the length, modulo 2^32.
            int length = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).getInt(payload.length - 4);
            return new Archive(List.of(new ArchiveEntry("", length & 0xFFFFFFFFL)));
        }
        boolean isXml = type.startsWith("CZ") || startsWith(payload, "<") || startsWith(payload, "\u00EF\u00BB\u00BF<");
        if (isXml && isText(payload)) {
            String text = text(ByteBuffer.wrap(payload), payload.length);
            return new AttachmentContent.Text(text.startsWith("\uFEFF") ? text.substring(1) : text);
        }
        return new AttachmentContent.Binary();
    }

    private static boolean startsWith(byte[] payload, String magic) {
        byte[] expected = magic.getBytes(StandardCharsets.ISO_8859_1);
        return payload.length >= expected.length
                && ByteBuffer.wrap(payload, 0, expected.length).equals(ByteBuffer.wrap(expected));
    }

    private static boolean isText(byte[] payload) {
        for (int i = 0; i < Math.min(payload.length, 512); i++) {
            boolean isControl = payload[i] >= 0 && payload[i] < ' ';
            if (isControl && payload[i] != '\t' && payload[i] != '\r' && payload[i] != '\n') {
                return payload[i] == 0 && i > 0;
            }
        }
        return payload.length > 0;
    }

    /** i32 Size, which some producers get wrong, i32 n, n × f64. */
    private static double[] doubles(ByteBuffer bytes) {
        if (bytes.limit() < TIMES_HEAD) {
            return new double[0];
        }
        int announced = Math.max(0, bytes.getInt(4));
        double[] values = new double[Math.min(announced, (bytes.limit() - TIMES_HEAD) / Double.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes.getDouble(TIMES_HEAD + Double.BYTES * i);
        }
        return values;
    }

    /** i32 Size, i32 n, then n times i32 EntrySize, f64 time, i32 type, i32 DescriptionSize, text. */
    private static List<Event> events(ByteBuffer bytes) {
        List<Event> events = new ArrayList<>();
        int announced = bytes.limit() < 8 ? 0 : bytes.getInt(4);
        long at = 8;
        for (int i = 0; i < announced && at <= bytes.limit() - EVENT_HEAD; i++) {
            int start = (int) at;
            int size = bytes.getInt(start);
            int kind = bytes.getInt(start + 12);
            int length = Math.max(0, Math.min(bytes.getInt(start + 16), bytes.limit() - start - EVENT_HEAD));
            EventKind[] kinds = EventKind.values();
            events.add(new Event(
                    bytes.getDouble(start + 4),
                    kind >= 0 && kind < EventKind.OTHER.ordinal() ? kinds[kind] : EventKind.OTHER,
                    text(bytes.slice(start + EVENT_HEAD, length), length)));
            at += Math.max(size, EVENT_HEAD);
        }
        return List.copyOf(events);
    }

    /**
     * i32 Size, i32 n, then n times i32 EntrySize, char[80] identifier, i32 components, and for each i32 size, i32 colour,
     * i32 count, count × u16.
     */
    private static List<LookupTable> lookupTables(ByteBuffer bytes) {
        List<LookupTable> tables = new ArrayList<>();
        int announced = bytes.limit() < 8 ? 0 : bytes.getInt(4);
        int at = 8;
        for (int i = 0; i < announced && at <= bytes.limit() - IDENTIFIER - 8; i++) {
            String identifier = text(bytes.slice(at + 4, IDENTIFIER), IDENTIFIER);
            int components = bytes.getInt(at + 4 + IDENTIFIER);
            at += 8 + IDENTIFIER;
            List<LookupCurve> curves = new ArrayList<>();
            for (int c = 0; c < components && at <= bytes.limit() - 12; c++) {
                int count = Math.max(0, Math.min(bytes.getInt(at + 8), (bytes.limit() - at - 12) / Short.BYTES));
                int[] values = new int[count];
                for (int k = 0; k < count; k++) {
                    values[k] = bytes.getShort(at + 12 + Short.BYTES * k) & 0xFFFF;
                }
                curves.add(new LookupCurve(bytes.getInt(at + 4), values));
                at += 12 + Short.BYTES * count;
            }
            tables.add(new LookupTable(identifier, List.copyOf(curves)));
        }
        return List.copyOf(tables);
    }

    /** UTF-8 up to the first zero. */
    private static String text(ByteBuffer bytes, int length) {
        byte[] raw = new byte[length];
        bytes.get(0, raw);
        int end = 0;
        while (end < length && raw[end] != 0) {
            end++;
        }
        return new String(raw, 0, end, StandardCharsets.UTF_8);
    }

    private static List<ArchiveEntry> zipEntries(byte[] payload) {
        List<ArchiveEntry> entries = new ArrayList<>();
        byte[] chunk = new byte[1 << 14];
        long inflated = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(payload))) {
            for (ZipEntry entry = zip.getNextEntry();
                    entry != null && entries.size() < Archive.MAX_ENTRIES;
                    entry = zip.getNextEntry()) {
                long size = 0;
                for (int n = zip.read(chunk); n > 0; n = zip.read(chunk)) {
                    size += n;
                    inflated += n;
                    if (inflated > MAX_INFLATED) {
                        entries.add(new ArchiveEntry(entry.getName(), -1));
                        return List.copyOf(entries);
                    }
                }
                entries.add(new ArchiveEntry(entry.getName(), size));
            }
        } catch (IOException | IllegalArgumentException e) {
            // What could be listed before the damage is worth having.
        }
        return List.copyOf(entries);
    }
}
