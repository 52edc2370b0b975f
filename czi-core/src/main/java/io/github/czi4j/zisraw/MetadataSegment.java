package io.github.czi4j.zisraw;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.CziException;
import java.io.InputStream;

/**
 * The document's XML, segment {@code ZISRAWMETADATA} (sheet §5.1): i32 XmlSize at byte 0 of the data part, the XML at
 * byte 256.
 *
 * @param xmlPosition offset of the XML in the file
 * @param xmlSize bytes, from 0
 */
public record MetadataSegment(long xmlPosition, int xmlSize) {

    /**
     * Finds the XML.
     *
     * @param source the file
     * @param position offset of the segment
     * @return where the XML lies, inside the file
     * @throws CziException if no metadata segment is there, or its size makes no sense
     */
    public static MetadataSegment read(ByteSource source, long position) throws CziException {
        SegmentHeader segment = SegmentHeader.expect(source, position, SegmentId.METADATA);
        long available = source.size() - segment.dataStart() - Layout.METADATA_XML;
        int size = available < 0
                ? -1
                : source.slice(segment.dataStart(), Integer.BYTES).getInt(0);
        if (size < 0 || size > available) {
            throw CziException.corrupt(
                    source.name(),
                    segment.dataStart(),
                    "the metadata announces " + size + " bytes of XML, but " + Math.max(available, 0) + " are left");
        }
        return new MetadataSegment(segment.dataStart() + Layout.METADATA_XML, size);
    }

    /**
     * Streams the XML, so that its size does not matter.
     *
     * @param source the file
     * @return for one thread, without a buffer of its own; it need not be closed, and fails with a {@link CziException}
     */
    public InputStream stream(ByteSource source) {
        return new SourceStream(source, xmlPosition, xmlSize);
    }
}
