package io.github.czi4j;

import io.github.czi4j.attachment.AttachmentContent;
import io.github.czi4j.attachment.ContentParser;
import io.github.czi4j.codec.CodecException;
import io.github.czi4j.codec.Codecs;
import io.github.czi4j.io.ByteSource;
import io.github.czi4j.io.PartByteSource;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.zisraw.AttachmentEntry;
import io.github.czi4j.zisraw.AttachmentSegment;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/** A named payload beside the image: thumbnail, label, time stamps and the like. Thread-safe. */
public final class Attachment {
    private final ByteSource source;
    private final AttachmentEntry entry;
    private final CziOptions options;

    Attachment(ByteSource source, AttachmentEntry entry, CziOptions options) {
        this.source = source;
        this.entry = entry;
        this.options = options;
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

    /**
     * What it holds, by its type and first bytes.
     *
     * @return time stamps, events, tables, a picture, text, the list of an archive, or just bytes
     * @throws CziException if it cannot be read, or is a picture that is damaged or too large
     */
    public AttachmentContent content() throws CziException {
        byte[] payload = read();
        if (isJpeg(payload)) {
            try {
                return new AttachmentContent.Picture(
                        Codecs.decodeJpeg(ByteBuffer.wrap(payload), options.maxTileBytes()));
            } catch (CodecException e) {
                throw new CziException(
                        e.kind(),
                        source.name(),
                        entry.filePosition(),
                        "attachment '" + name() + "': " + e.getMessage(),
                        e);
            }
        }
        return ContentParser.parse(contentFileType(), payload);
    }

    private static boolean isJpeg(byte[] payload) {
        return payload.length > 3 && (payload[0] & 0xFF) == 0xFF && (payload[1] & 0xFF) == 0xD8;
    }

    /**
     * Opens the CZI file that it is: a label, a preview, a prescan.
     *
     * @return a reader; the caller closes it, before the reader that this attachment came from
     * @throws CziException if it is no CZI file, or is itself an attachment of one that is embedded: files are not
     *     embedded deeper than that (sheet §6.3)
     */
    public CziReader open() throws CziException {
        if (source instanceof PartByteSource) {
            throw CziException.unsupported(
                    source.name(), entry.filePosition(), "a file embedded in an embedded file is not opened");
        }
        AttachmentSegment segment = AttachmentSegment.read(source, entry.filePosition());
        String name = source.name() + "#" + name();
        return CziReader.open(
                new PartByteSource(source, name, segment.dataPosition(), segment.dataSize()), options.listener(null));
    }

    /**
     * The picture that it is: a JPEG, or the image of a CZI file, of which the first plane is taken.
     *
     * @return the pixels; empty if it is neither
     * @throws CziException if it cannot be read or decoded
     */
    public Optional<Pixels> picture() throws CziException {
        AttachmentContent content = content();
        if (content instanceof AttachmentContent.Picture picture) {
            return Optional.of(picture.pixels());
        }
        if (!(content instanceof AttachmentContent.EmbeddedFile)) {
            return Optional.empty();
        }
        try (CziReader embedded = open()) {
            if (embedded.planeCount() == 0) {
                return Optional.empty();
            }
            MosaicRequest request = MosaicRequest.wholeImage().plane(embedded.plane(0));
            return Optional.of(embedded.readMosaic(request).pixels());
        }
    }
}
