package io.github.czi4j.zisraw;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.CziException;

/**
 * One attachment, segment {@code ZISRAWATTACH} (sheet §6.2): i64 DataSize at byte 0 of the data part, a copy of the
 * {@link AttachmentEntry} at 16, the payload at 256.
 *
 * @param dataPosition offset of the payload in the file
 * @param dataSize bytes, from 0
 */
public record AttachmentSegment(long dataPosition, long dataSize) {

    /**
     * Finds the payload.
     *
     * @param source the file
     * @param position offset of the segment
     * @return where the payload lies, inside the file
     * @throws CziException if no attachment is there, or its size makes no sense
     */
    public static AttachmentSegment read(ByteSource source, long position) throws CziException {
        SegmentHeader segment = SegmentHeader.expect(source, position, SegmentId.ATTACHMENT);
        long available = source.size() - segment.dataStart() - Layout.ATTACHMENT_DATA;
        long size = available < 0
                ? -1
                : source.slice(segment.dataStart(), Long.BYTES).getLong(0);
        if (size < 0 || size > available) {
            throw CziException.corrupt(
                    source.name(),
                    segment.dataStart(),
                    "the attachment announces " + size + " bytes, but " + Math.max(available, 0) + " are left");
        }
        return new AttachmentSegment(segment.dataStart() + Layout.ATTACHMENT_DATA, size);
    }
}
