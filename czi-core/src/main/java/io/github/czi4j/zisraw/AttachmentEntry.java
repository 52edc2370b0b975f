package io.github.czi4j.zisraw;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.CziException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * An entry of the attachment directory, segment {@code ZISRAWATTDIR} (sheet §6.1): i32 EntryCount, spare bytes, and
 * from byte 256 of the data part entries of 128 bytes.
 *
 * <table>
 * <caption>Entry</caption>
 * <tr><th>offset</th><th>type</th><th>field</th></tr>
 * <tr><td>0</td><td>char[2]</td><td>"A1"</td></tr>
 * <tr><td>12</td><td>i64</td><td>file position of the attachment</td></tr>
 * <tr><td>20</td><td>i32</td><td>file part</td></tr>
 * <tr><td>24</td><td>GUID</td><td>content GUID</td></tr>
 * <tr><td>40</td><td>char[8]</td><td>content file type</td></tr>
 * <tr><td>48</td><td>char[80]</td><td>name</td></tr>
 * </table>
 *
 * @param filePosition offset of the attachment's segment
 * @param filePart number of the file that holds it
 * @param contentGuid unique for the attachment, no type
 * @param contentFileType for instance {@code JPG} or {@code CZTIMS}
 * @param storedName for instance {@code Thumbnail}, without the padding; not to be changed
 */
public record AttachmentEntry(
        long filePosition, int filePart, UUID contentGuid, String contentFileType, byte[] storedName) {

    /** More entries than any file has; a directory that announces more is read up to here. */
    private static final int MAX_ENTRIES = 1 << 20;

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    /**
     * Reads the attachment directory.
     *
     * @param source the file
     * @param position offset of the segment
     * @param warnings is told of entries that are skipped
     * @return the entries in their order
     * @throws CziException if no attachment directory is there
     */
    public static List<AttachmentEntry> readAll(ByteSource source, long position, Consumer<String> warnings)
            throws CziException {
        SegmentHeader segment = SegmentHeader.expect(source, position, SegmentId.ATTACHMENT_DIRECTORY);
        long first = segment.dataStart() + Layout.ATTACHMENT_ENTRIES;
        if (first > source.size()) {
            throw CziException.corrupt(
                    source.name(), segment.dataStart(), "expected an attachment directory, but the file ends");
        }
        int announced = source.slice(segment.dataStart(), Integer.BYTES).getInt(0);
        long room = (source.size() - first) / Layout.ATTACHMENT_ENTRY;
        // UsedSize is 10 bytes too large in ZEN's files (sheet §6.1): the count alone is looked at.
        int count = (int) Math.max(0, Math.min(Math.min(announced, MAX_ENTRIES), room));
        if (count != announced) {
            warnings.accept("the attachment directory at offset " + position + " announces " + announced
                    + " entries, but there is room for " + count);
        }
        List<AttachmentEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long at = first + (long) i * Layout.ATTACHMENT_ENTRY;
            ByteBuffer entry = source.slice(at, Layout.ATTACHMENT_ENTRY);
            if (entry.get(0) != 'A' || entry.get(1) != '1') {
                warnings.accept("attachment entry " + i + " at offset " + at + " is skipped: expected schema A1");
                continue;
            }
            entries.add(of(entry, entry.getLong(12)));
        }
        return entries;
    }

    /**
     * Reads the copy of an entry inside its attachment (sheet §6.2).
     *
     * @param source the file
     * @param position offset of the attachment's segment, which has been found sound
     * @return the entry, with that offset
     * @throws CziException if the storage fails
     */
    public static AttachmentEntry readCopy(ByteSource source, long position) throws CziException {
        long at = position + Layout.SEGMENT_HEADER + Layout.ATTACHMENT_ENTRY_COPY;
        return of(source.slice(at, Layout.ATTACHMENT_ENTRY), position);
    }

    private static AttachmentEntry of(ByteBuffer entry, long position) {
        return new AttachmentEntry(
                position,
                entry.getInt(20),
                FileHeader.guid(entry, 24),
                new String(text(entry, 40, 8), StandardCharsets.ISO_8859_1),
                text(entry, 48, 80));
    }

    private static byte[] text(ByteBuffer entry, int offset, int maxLength) {
        int length = 0;
        while (length < maxLength && entry.get(offset + length) != 0) {
            length++;
        }
        byte[] bytes = new byte[length];
        entry.get(offset, bytes);
        return bytes;
    }

    /**
     * The name as text: UTF-8 where the bytes are such, which tools outside ZEN write, else the code page of Windows.
     *
     * @return the name
     */
    public String name() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(storedName))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(storedName, WINDOWS);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AttachmentEntry that
                && filePosition == that.filePosition
                && filePart == that.filePart
                && contentGuid.equals(that.contentGuid)
                && contentFileType.equals(that.contentFileType)
                && Arrays.equals(storedName, that.storedName);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(filePosition);
    }
}
