package io.github.czi4j;

import io.github.czi4j.codec.ZstdEncoder;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.CziException;
import io.github.czi4j.zisraw.ChunkContainer;
import io.github.czi4j.zisraw.DirectoryEntry;
import io.github.czi4j.zisraw.DirectoryWriter;
import io.github.czi4j.zisraw.Layout;
import io.github.czi4j.zisraw.SegmentId;
import io.github.czi4j.zisraw.SegmentWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Writes a CZI file (sheet §12). The file grows under a temporary name beside its target and takes the target's name
 * when {@link #finish()} succeeds; a writer that is closed before leaves nothing behind. Once the storage has failed the
 * file cannot be finished any more, even if the caller went on.
 *
 * <p>Thread-safe: several threads may add subblocks at once, and compress outside the lock.
 *
 * <pre>{@code
 * try (CziWriter writer = CziWriter.create(Path.of("out.czi"))) {
 *     writer.add(NewSubblock.of(new Rect(0, 0, 64, 64), PixelType.GRAY8).at(Coordinate.parse("C0")), pixels);
 *     writer.finish();
 * }
 * }</pre>
 */
public final class CziWriter implements Closeable {
    private static final int ATTACHMENT_NAME = 80;
    private static final int ATTACHMENT_TYPE = 8;
    /** PyramidType of a tile as large as its place, or finer (sheet §2.6). */
    private static final int NO_PYRAMID = 0;
    /** PyramidType that ZEN writes for tiles that are smaller than their place. */
    private static final int PYRAMID = 2;

    private final Path target;
    private final Path temporary;
    private final SegmentWriter segments;
    private final DirectoryWriter directory = new DirectoryWriter();
    private final List<ByteBuffer> attachmentEntries = new ArrayList<>();
    private final UUID guid;
    private byte[] metadataXml = new byte[0];
    private boolean isFinished;
    private boolean isClosed;

    private CziWriter(Path target, UUID guid) throws CziException {
        this.target = target.toAbsolutePath();
        this.guid = guid;
        this.temporary = this.target.resolveSibling("." + this.target.getFileName() + "."
                + UUID.randomUUID().toString().substring(0, 8) + ".part");
        this.segments = new SegmentWriter(temporary);
    }

    /**
     * Begins a file with a random GUID.
     *
     * @param target its name; an existing file of that name is replaced when this one is finished
     * @return the writer; the caller closes it
     * @throws CziException if no file can be made there
     */
    public static CziWriter create(Path target) throws CziException {
        return create(target, UUID.randomUUID());
    }

    /**
     * Begins a file.
     *
     * @param target its name; an existing file of that name is replaced when this one is finished
     * @param guid tells the file from others
     * @return the writer; the caller closes it
     * @throws CziException if no file can be made there
     */
    public static CziWriter create(Path target, UUID guid) throws CziException {
        Objects.requireNonNull(guid, "guid");
        // The rename would fail, but only after all the work.
        if (Files.isDirectory(target)) {
            throw CziException.io(target.toString(), CziException.NO_OFFSET, "is a folder", null);
        }
        return new CziWriter(target, guid);
    }

    /**
     * Adds a subblock, compressing it on the calling thread.
     *
     * @param subblock what it is
     * @param pixels tight little-endian pixels of the stored size
     * @throws IllegalArgumentException if there are more or fewer bytes, or there is no encoder for the compression
     * @throws CziException if the storage fails
     */
    public void add(NewSubblock subblock, byte[] pixels) throws CziException {
        addEncoded(subblock, encode(subblock, pixels));
    }

    /**
     * Makes the payload of a subblock, for callers that compress ahead of writing.
     *
     * @param subblock what it is
     * @param pixels tight little-endian pixels of the stored size
     * @return what {@link #addEncoded} takes; the pixels themselves for an uncompressed subblock
     * @throws IllegalArgumentException if there are more or fewer bytes, or there is no encoder for the compression
     */
    public static byte[] encode(NewSubblock subblock, byte[] pixels) {
        if (pixels.length != subblock.decodedBytes()) {
            throw new IllegalArgumentException("expected " + subblock.decodedBytes() + " bytes for "
                    + subblock.storedWidth() + "×" + subblock.storedHeight() + " "
                    + subblock.pixelType().label() + ", not " + pixels.length);
        }
        return switch (subblock.compression()) {
            case UNCOMPRESSED -> pixels;
            case ZSTD0 -> ZstdEncoder.zstd0(pixels);
            case ZSTD1 -> ZstdEncoder.zstd1(pixels, subblock.pixelType());
            default ->
                throw new IllegalArgumentException(
                        "there is no encoder for " + subblock.compression().label());
        };
    }

    /**
     * The name that the file will have.
     *
     * @return an absolute path
     */
    public Path target() {
        return target;
    }

    /**
     * Adds a subblock whose payload is made already.
     *
     * @param subblock what it is; its compression may be any that has a code
     * @param payload stored as it is
     * @throws IllegalArgumentException if the compression is {@link Compression#UNKNOWN}, or the metadata cannot announce
     *     the mask
     * @throws CziException if the storage fails
     */
    public void addEncoded(NewSubblock subblock, byte[] payload) throws CziException {
        if (subblock.compression() == Compression.UNKNOWN) {
            throw new IllegalArgumentException("the compression needs a code");
        }
        addEncoded(subblock, subblock.compression().code(), payload);
    }

    /**
     * Adds a subblock whose payload is made already, under a code that {@link Compression} does not tell apart: the raw
     * format of a camera or a system, or one that nobody knows.
     *
     * @param subblock what it is; its compression is not looked at
     * @param compressionCode stored in the directory as it is; see sheet §2.5
     * @param payload stored as it is
     * @throws CziException if the storage fails, or has failed before
     */
    public void addEncoded(NewSubblock subblock, int compressionCode, byte[] payload) throws CziException {
        String metadata = subblock.mask().isPresent()
                ? ChunkContainer.announcedIn(subblock.metadataXml())
                : subblock.metadataXml();
        byte[] xml = metadata.getBytes(StandardCharsets.UTF_8);
        byte[] attachment = subblock.mask().map(ChunkContainer::of).orElse(new byte[0]);
        synchronized (this) {
            ByteBuffer entry = DirectoryWriter.entry(
                    subblock.pixelType().code(),
                    compressionCode,
                    subblock.isReduced() ? PYRAMID : NO_PYRAMID,
                    segments.position(),
                    subblock.logical(),
                    subblock.storedWidth(),
                    subblock.storedHeight(),
                    subblock.coordinate(),
                    subblock.mIndex());
            addCopy(entry, xml, payload, attachment);
        }
    }

    /**
     * Adds a subblock with all its parts.
     *
     * @param entry of schema DV, from index 0 to limit; its position is set
     */
    synchronized void addCopy(ByteBuffer entry, byte[] xml, byte[] payload, byte[] attachment) throws CziException {
        checkOpen();
        DirectoryEntry.setPosition(entry, segments.position());
        ByteBuffer head = little(Layout.subblockHeader(entry.limit()));
        head.putInt(xml.length)
                .putInt(attachment.length)
                .putLong(payload.length)
                .put(entry.duplicate().position(0));
        segments.append(
                SegmentId.SUBBLOCK,
                List.of(head.position(0), ByteBuffer.wrap(xml), ByteBuffer.wrap(payload), ByteBuffer.wrap(attachment)));
        directory.add(entry.position(0));
    }

    /**
     * Adds an attachment.
     *
     * @param name at most 79 bytes in UTF-8
     * @param contentFileType at most 8 ASCII characters, for instance {@code JPG}
     * @param payload stored as it is
     * @throws IllegalArgumentException if name or type is too long, or the type is not ASCII
     * @throws CziException if the storage fails
     */
    public synchronized void addAttachment(String name, String contentFileType, byte[] payload) throws CziException {
        checkOpen();
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] typeBytes = contentFileType.getBytes(StandardCharsets.US_ASCII);
        if (nameBytes.length >= ATTACHMENT_NAME || typeBytes.length > ATTACHMENT_TYPE) {
            throw new IllegalArgumentException(
                    "the name or type of an attachment is too long: " + name + ", " + contentFileType);
        }
        if (!contentFileType.equals(new String(typeBytes, StandardCharsets.US_ASCII))) {
            throw new IllegalArgumentException("the type of an attachment must be ASCII, not " + contentFileType);
        }
        // Derived, so that the same contents give the same file.
        UUID contentGuid =
                UUID.nameUUIDFromBytes((guid + "/" + attachmentEntries.size()).getBytes(StandardCharsets.US_ASCII));
        addAttachment(nameBytes, typeBytes, contentGuid, payload);
    }

    /** Adds an attachment of another file, name and GUID as stored there. */
    synchronized void addCopy(Attachment attachment, byte[] payload) throws CziException {
        checkOpen();
        byte[] type = attachment.contentFileType().getBytes(StandardCharsets.ISO_8859_1);
        addAttachment(attachment.storedName(), type, attachment.contentGuid(), payload);
    }

    private void addAttachment(byte[] name, byte[] type, UUID contentGuid, byte[] payload) throws CziException {
        ByteBuffer entry = little(Layout.ATTACHMENT_ENTRY);
        entry.put((byte) 'A').put((byte) '1');
        entry.putLong(12, segments.position());
        putGuid(entry, 24, contentGuid);
        entry.put(40, type).put(48, name);
        ByteBuffer head = little(Layout.ATTACHMENT_DATA);
        head.putLong(0, payload.length);
        head.put(Layout.ATTACHMENT_ENTRY_COPY, entry.array());
        segments.append(SegmentId.ATTACHMENT, List.of(head, ByteBuffer.wrap(payload)));
        attachmentEntries.add(entry.position(0));
    }

    /**
     * Sets the document's metadata.
     *
     * @param xml root element {@code ImageDocument}; written as UTF-8
     */
    public synchronized void setMetadataXml(String xml) {
        setMetadataXmlBytes(xml.getBytes(StandardCharsets.UTF_8));
    }

    /** Sets the document's metadata as it is stored. */
    synchronized void setMetadataXmlBytes(byte[] xml) {
        metadataXml = xml;
    }

    private void checkOpen() {
        if (isFinished || isClosed) {
            throw new IllegalStateException("the writer of " + target + " is finished or closed");
        }
    }

    /**
     * Completes the file and gives it its name.
     *
     * @throws CziException if the storage fails, or has failed before; no file of the target's name is made then
     */
    public synchronized void finish() throws CziException {
        finish(written -> {});
    }

    /** Looks at a file that is complete but has not got its name yet. */
    @FunctionalInterface
    interface LastCheck {
        void check(Path written) throws CziException;
    }

    /** Completes the file, and gives it its name if a check has nothing against it. */
    synchronized void finish(LastCheck check) throws CziException {
        checkOpen();
        ByteBuffer metadataHead = little(Layout.METADATA_XML);
        metadataHead.putInt(0, metadataXml.length);
        long metadata = segments.append(SegmentId.METADATA, List.of(metadataHead, ByteBuffer.wrap(metadataXml)));
        long attachments = 0;
        if (!attachmentEntries.isEmpty()) {
            ByteBuffer head = little(Layout.ATTACHMENT_ENTRIES);
            head.putInt(0, attachmentEntries.size());
            List<ByteBuffer> parts = new ArrayList<>(List.of(head));
            parts.addAll(attachmentEntries);
            attachments = segments.append(SegmentId.ATTACHMENT_DIRECTORY, parts);
        }
        long subblocks = segments.append(SegmentId.DIRECTORY, directory.segment());
        segments.finish(fileHeader(subblocks, metadata, attachments));
        segments.close();
        check.check(temporary);
        move();
        isFinished = true;
    }

    /** The data part of the file header; see {@code zisraw.FileHeader} for its layout. */
    private ByteBuffer fileHeader(long subblocks, long metadata, long attachments) {
        ByteBuffer header = little(Layout.FILE_HEADER);
        header.putInt(0, 1);
        putGuid(header, 16, guid);
        putGuid(header, 32, guid);
        header.putLong(52, subblocks);
        header.putLong(60, metadata);
        header.putLong(72, attachments);
        return header;
    }

    private void move() throws CziException {
        try {
            try {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw CziException.io(
                    target.toString(), CziException.NO_OFFSET, "cannot be given its name: " + e.getMessage(), e);
        }
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** In the mixed byte order of Windows: u32, u16, u16 little-endian, then eight bytes. */
    private static void putGuid(ByteBuffer target, int offset, UUID value) {
        long high = value.getMostSignificantBits();
        target.putInt(offset, (int) (high >>> 32));
        target.putShort(offset + 4, (short) (high >>> 16));
        target.putShort(offset + 6, (short) high);
        target.putLong(offset + 8, Long.reverseBytes(value.getLeastSignificantBits()));
    }

    /**
     * Releases the file, and removes what was written if it was not finished.
     *
     * @throws CziException if the storage fails
     */
    @Override
    public synchronized void close() throws CziException {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            segments.close();
        } finally {
            if (!isFinished) {
                remove();
            }
        }
    }

    private void remove() throws CziException {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw CziException.io(
                    temporary.toString(), CziException.NO_OFFSET, "cannot be removed: " + e.getMessage(), e);
        }
    }
}
