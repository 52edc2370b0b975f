package io.github.czi4j;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.zisraw.AttachmentEntry;
import io.github.czi4j.zisraw.AttachmentSegment;
import java.util.UUID;

/** A named payload beside the image: thumbnail, label, time stamps and the like. Thread-safe. */
public final class Attachment {
    private final ByteSource source;
    private final AttachmentEntry entry;

    Attachment(ByteSource source, AttachmentEntry entry) {
        this.source = source;
        this.entry = entry;
    }

    /**
     * Its name.
     *
     * @return for instance {@code Thumbnail}; comes from the file, so check it before it becomes a path
     */
    public String name() {
        return entry.name();
    }

    /**
     * The bytes of its name as stored, of which {@link #name()} is a reading: writers differ in their encoding.
     *
     * @return a new array without the padding
     */
    public byte[] storedName() {
        return entry.storedName().clone();
    }

    /**
     * What kind of payload it is.
     *
     * @return for instance {@code JPG}, {@code CZI}, {@code CZTIMS}
     */
    public String contentFileType() {
        return entry.contentFileType();
    }

    /**
     * What tells it from other attachments.
     *
     * @return a GUID, unique for the attachment
     */
    public UUID contentGuid() {
        return entry.contentGuid();
    }

    /**
     * Where its segment begins.
     *
     * @return offset in the file
     */
    public long filePosition() {
        return entry.filePosition();
    }

    /**
     * Length of the payload.
     *
     * @return bytes
     * @throws CziException if no attachment is where its directory says
     */
    public long size() throws CziException {
        return AttachmentSegment.read(source, entry.filePosition()).dataSize();
    }

    /**
     * The payload.
     *
     * @return a new array
     * @throws CziException if it cannot be read, or is larger than an array
     */
    public byte[] read() throws CziException {
        AttachmentSegment segment = AttachmentSegment.read(source, entry.filePosition());
        if (segment.dataSize() > Pixels.MAX_ELEMENTS) {
            throw CziException.limit(
                    source.name(),
                    "attachment '" + name() + "' has " + segment.dataSize() + " bytes, more than an array");
        }
        try {
            byte[] bytes = new byte[(int) segment.dataSize()];
            source.read(segment.dataPosition(), bytes, 0, bytes.length);
            return bytes;
        } catch (OutOfMemoryError e) {
            throw CziException.limit(
                    source.name(),
                    "attachment '" + name() + "' has " + segment.dataSize() + " bytes, more than the heap");
        }
    }
}
