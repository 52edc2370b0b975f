package io.github.czi4j.zisraw;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.CziException;
import java.nio.ByteBuffer;

/**
 * Finds the segments of a file without its directories (sheet §9.3): from segment to segment by their lengths, and where
 * that leads nowhere by looking for a known name at each multiple of 32. Takes one small read a segment; bytes in which
 * there is none are read once.
 */
public final class SegmentScan {
    private static final int CHUNK = 1 << 20;

    /** Receives what is found, in the order of the file. */
    public interface Sink {
        /**
         * Takes a segment.
         *
         * @param header of a known kind; a {@link SegmentId#FILE} behind position 0 begins a file inside this one
         * @throws CziException if the sink can take no more
         */
        void segment(SegmentHeader header) throws CziException;

        /**
         * Is told of bytes in which no segment is.
         *
         * @param from first byte
         * @param to behind the last
         */
        void gap(long from, long to);
    }

    private final ByteSource source;
    private final Sink sink;

    private SegmentScan(ByteSource source, Sink sink) {
        this.source = source;
        this.sink = sink;
    }

    /**
     * Goes through a file from its beginning.
     *
     * @param source the file
     * @param sink takes what is found
     * @throws CziException if the storage fails, or the sink can take no more
     */
    public static void run(ByteSource source, Sink sink) throws CziException {
        new SegmentScan(source, sink).run();
    }

    private void run() throws CziException {
        long at = idAt(0) != null ? 0 : search(0);
        if (at > 0) {
            sink.gap(0, at);
        }
        while (at <= source.size() - Layout.SEGMENT_HEADER) {
            SegmentHeader header = SegmentHeader.read(source, at);
            sink.segment(header);
            at = next(header);
        }
    }

    /** Where the next segment begins; the end of the file if there is none. */
    private long next(SegmentHeader header) throws CziException {
        long byLength = header.dataStart() + header.allocatedSize();
        boolean isLength = header.allocatedSize() >= 0 && byLength % Layout.ALIGNMENT == 0;
        if (isLength && leadsOn(byLength)) {
            return byLength;
        }
        long contentEnd = Layout.align(contentEnd(header));
        if (leadsOn(contentEnd)) {
            return contentEnd;
        }
        // One writer begins a segment 32 bytes too early, over the end of the one before (sheet §9.2, row 20). Pixels
        // do not look like segments, but an attachment may be a file of them.
        boolean mayHoldSegments = header.id() == SegmentId.ATTACHMENT;
        long from = mayHoldSegments ? Math.max(header.dataStart(), contentEnd - Layout.ALIGNMENT) : header.dataStart();
        long found = search(from);
        boolean isCutOff = header.id() == SegmentId.SUBBLOCK && found == source.size();
        if (found > contentEnd && !isCutOff) {
            sink.gap(contentEnd, found);
        }
        return found;
    }

    private boolean leadsOn(long position) throws CziException {
        return position > source.size() - Layout.SEGMENT_HEADER && position <= source.size() || idAt(position) != null;
    }

    /** Behind the last byte that a segment says it uses; at least its data start, at most the end of the file. */
    private long contentEnd(SegmentHeader header) {
        try {
            return switch (header.id()) {
                case SUBBLOCK -> {
                    SubblockSegment subblock = SubblockSegment.read(source, header.position(), new DirectoryEntry());
                    yield subblock.attachmentPosition() + subblock.attachmentSize();
                }
                case ATTACHMENT -> {
                    AttachmentSegment attachment = AttachmentSegment.read(source, header.position());
                    yield attachment.dataPosition() + attachment.dataSize();
                }
                case METADATA -> {
                    MetadataSegment metadata = MetadataSegment.read(source, header.position());
                    yield metadata.xmlPosition() + metadata.xmlSize();
                }
                case DELETED -> header.dataStart();
                default -> header.dataStart() + Math.max(0, header.availableData(source));
            };
        } catch (CziException e) {
            return header.dataStart();
        }
    }

    private SegmentId idAt(long position) throws CziException {
        if (position < 0 || position > source.size() - Layout.SEGMENT_HEADER) {
            return null;
        }
        return SegmentHeader.read(source, position).id();
    }

    /** The next place with a known name; the end of the file if there is none. */
    private long search(long from) throws CziException {
        long at = Layout.align(from);
        while (at <= source.size() - Layout.SEGMENT_HEADER) {
            int length = (int) Math.min(CHUNK, source.size() - at);
            ByteBuffer chunk = source.slice(at, length);
            for (int i = 0; i <= length - Layout.SEGMENT_HEADER; i += Layout.ALIGNMENT) {
                byte first = chunk.get(i);
                if ((first == 'Z' || first == 'D')
                        && SegmentHeader.read(source, at + i).id() != null) {
                    return at + i;
                }
            }
            at += length - length % Layout.ALIGNMENT;
            if (length < Layout.ALIGNMENT) {
                break;
            }
        }
        return source.size();
    }
}
