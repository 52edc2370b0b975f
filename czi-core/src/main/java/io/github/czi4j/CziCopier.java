package io.github.czi4j;

import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.io.Prefetch;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.SubblockInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Writes a copy of an open file: subblocks with their metadata, attachments and masks, the document's metadata and the
 * attachments. Compressed payloads are copied as they are unless another compression is asked for. The copy is read back
 * and compared, subblock by subblock, before it gets its name; a copy that is interrupted at any point leaves no file of
 * that name.
 *
 * <pre>{@code
 * try (CziReader reader = CziReader.open(Path.of("in.czi"))) {
 *     CziCopier.of(reader).compress(Compression.ZSTD1).writeTo(Path.of("out.czi"), (done, total) -> {});
 * }
 * }</pre>
 *
 * <p>Immutable; each method returns a changed copy.
 */
public final class CziCopier {
    private final CziReader reader;
    private final Compression compression;
    private final Predicate<Attachment> attachments;
    private final boolean skipsDamaged;
    private final boolean makesPyramid;
    /** Null for a random one. */
    private final UUID guid;

    private final int threads;

    /** Is told how far a copy has come. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Takes numbers of subblocks: each counts once when it is written and once when it is compared.
         *
         * @param done so far
         * @param total in all
         */
        void update(long done, long total);
    }

    /**
     * What could not be copied.
     *
     * @param what the subblock or attachment, in words
     * @param reason what is wrong with it, naming file and offset
     */
    public record Loss(String what, CziException reason) {}

    /**
     * What was copied.
     *
     * @param subblocks how many
     * @param recompressed how many of them are stored otherwise than before
     * @param pyramidTiles how many of them were made, and are not in the original
     * @param attachments how many
     * @param leftOut names of the attachments that were not wanted
     * @param losses what could not be copied; empty unless that was allowed
     * @param warnings what was odd about subblocks that were decoded, and is no longer
     * @param pixelDigest SHA-256, in hexadecimal, of the payloads or pixels of all copied subblocks in their order, equal
     *     on both sides
     */
    public record Report(
            int subblocks,
            int recompressed,
            int pyramidTiles,
            int attachments,
            List<String> leftOut,
            List<Loss> losses,
            List<String> warnings,
            String pixelDigest) {}

    /** A subblock on its way: without payload if it is lost, with a payload and a loss if it is lost in part. */
    private record Prepared(
            ByteBuffer entry,
            byte[] metadata,
            byte[] payload,
            byte[] attachment,
            byte[] digest,
            boolean isDecoded,
            List<String> warnings,
            CziException loss) {
        /** Of a subblock that is not wanted. */
        static final Prepared NOTHING = new Prepared(null, null, null, null, null, false, List.of(), null);
    }

    private CziCopier(
            CziReader reader,
            Compression compression,
            Predicate<Attachment> attachments,
            boolean skipsDamaged,
            boolean makesPyramid,
            UUID guid,
            int threads) {
        this.reader = reader;
        this.compression = compression;
        this.attachments = attachments;
        this.skipsDamaged = skipsDamaged;
        this.makesPyramid = makesPyramid;
        this.guid = guid;
        this.threads = threads;
    }

    /**
     * A full and faithful copy.
     *
     * @param reader the file; stays open as long as the copier is used
     * @return the copier
     */
    public static CziCopier of(CziReader reader) {
        return new CziCopier(
                Objects.requireNonNull(reader),
                null,
                attachment -> true,
                false,
                false,
                null,
                Runtime.getRuntime().availableProcessors());
    }

    /**
     * Stores all subblocks in one way. Those that are stored so already are copied as they are; a compression that loses
     * nothing keeps every pixel.
     *
     * @param target uncompressed, Zstd0 or Zstd1
     * @return changed copier
     */
    public CziCopier compress(Compression target) {
        if (target != Compression.UNCOMPRESSED && target != Compression.ZSTD0 && target != Compression.ZSTD1) {
            throw new IllegalArgumentException("there is no encoder for " + target.label());
        }
        return new CziCopier(reader, target, attachments, skipsDamaged, makesPyramid, guid, threads);
    }

    /**
     * Copies some attachments only.
     *
     * @param wanted tells which
     * @return changed copier
     */
    public CziCopier attachments(Predicate<Attachment> wanted) {
        return new CziCopier(
                reader, compression, Objects.requireNonNull(wanted), skipsDamaged, makesPyramid, guid, threads);
    }

    /**
     * Leaves out subblocks and attachments that cannot be read, and reports them. Otherwise the first one ends the copy.
     *
     * @param value true to go on
     * @return changed copier
     */
    public CziCopier skipDamaged(boolean value) {
        return new CziCopier(reader, compression, attachments, value, makesPyramid, guid, threads);
    }

    /**
     * Sets what tells the copy from other files, so that the same copy is made byte for byte.
     *
     * @param value the GUID; a random one unless it is set
     * @return changed copier
     */
    public CziCopier guid(UUID value) {
        return new CziCopier(
                reader, compression, attachments, skipsDamaged, makesPyramid, Objects.requireNonNull(value), threads);
    }

    /**
     * Says how many subblocks are worked on at once.
     *
     * @param count at least 1
     * @return changed copier
     */
    public CziCopier threads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("the number of threads must be at least 1, not " + count);
        }
        return new CziCopier(reader, compression, attachments, skipsDamaged, makesPyramid, guid, count);
    }

    /**
     * Makes reduced layers of the full resolution, each half as wide and high as the one below and the last a single
     * tile, in place of those that the file may have. Viewers read overviews from them. They are means of 2×2 pixels,
     * stored as {@link #compress} says, or as Zstd1. The metadata is copied as it is.
     *
     * @return changed copier
     */
    public CziCopier pyramid() {
        return new CziCopier(reader, compression, attachments, skipsDamaged, true, guid, threads);
    }

    /**
     * Writes the copy, compares it and gives it its name.
     *
     * @param target its name; an existing file of that name is replaced
     * @param progress is told how far it has come
     * @return what was copied
     * @throws CziException if something cannot be read and that was not allowed, the storage fails, or what was written
     *     reads otherwise; no file of the target's name is made or changed then
     */
    public Report writeTo(Path target, Progress progress) throws CziException {
        PyramidBuilder pyramid = makesPyramid ? new PyramidBuilder(reader, PyramidBuilder.TILE, skipsDamaged) : null;
        List<byte[]> digests = new ArrayList<>();
        List<Boolean> isDecoded = new ArrayList<>();
        List<Loss> losses = new ArrayList<>(reader.losses());
        List<String> warnings = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        int count = reader.subblockCount();
        long total = 2 * (count + (pyramid == null ? 0 : pyramid.most()));
        String name = reader.fileInfo().name();
        try (CziWriter writer = guid == null ? CziWriter.create(target) : CziWriter.create(target, guid);
                OrderedWork<Prepared> work =
                        new OrderedWork<>(name, count, threads, index -> prepare(index, pyramid))) {
            for (int i = 0; i < count; i++) {
                Prepared subblock = work.next();
                if (subblock.loss != null) {
                    losses.add(new Loss(describe(reader.subblockInfo(i)), subblock.loss));
                }
                if (subblock.payload != null) {
                    writer.addCopy(subblock.entry, subblock.metadata, subblock.payload, subblock.attachment);
                    digests.add(subblock.digest);
                    isDecoded.add(subblock.isDecoded);
                    for (String warning : subblock.warnings) {
                        warnings.add(describe(reader.subblockInfo(i)) + ": " + warning);
                    }
                }
                progress.update(i + 1L, total);
            }
            int copied = digests.size();
            if (pyramid != null) {
                pyramid.build((subblock, pixels) -> {
                    byte[] bytes = bytes(pixels);
                    writer.add(subblock.compressed(compression == null ? Compression.ZSTD1 : compression), bytes);
                    digests.add(sha256(bytes));
                    isDecoded.add(true);
                    progress.update(count + digests.size() - copied, total);
                });
                pyramid.failures()
                        .forEach((index, reason) -> losses.add(new Loss(
                                "the place in the pyramid of " + describe(reader.subblockInfo(index)), reason)));
            }
            int attached = copyAttachments(writer, leftOut, losses);
            writer.setMetadataXmlBytes(orIfLost("the metadata", reader::metadataXmlBytes, new byte[0], losses));
            writer.finish(written -> compare(written, digests, isDecoded, progress, total));
            return new Report(
                    digests.size(),
                    Collections.frequency(isDecoded.subList(0, copied), true),
                    digests.size() - copied,
                    attached,
                    List.copyOf(leftOut),
                    List.copyOf(losses),
                    List.copyOf(warnings),
                    digestOf(digests));
        }
    }

    private static String describe(SubblockInfo info) {
        return "subblock " + info.index() + " (" + info.coordinate()
                + (info.mIndex().isPresent() ? " M" + info.mIndex().getAsInt() : "") + " at "
                + info.logical().x() + "," + info.logical().y() + ")";
    }

    private Prepared prepare(int index, PyramidBuilder pyramid) throws CziException {
        if (pyramid != null && pyramid.replaces(reader.subblockInfo(index))) {
            return Prepared.NOTHING;
        }
        try {
            return read(index);
        } catch (CziException e) {
            if (!skipsDamaged) {
                throw e;
            }
            return new Prepared(null, null, null, null, null, false, List.of(), e);
        }
    }

    private Prepared read(int index) throws CziException {
        Subblock subblock = reader.subblock(index);
        Prefetch ahead = subblock.prefetch();
        try {
            return read(index, subblock.through(ahead));
        } finally {
            ahead.close();
        }
    }

    private Prepared read(int index, Subblock subblock) throws CziException {
        SubblockInfo info = subblock.info();
        if (info.logical().isEmpty()) {
            throw CziException.corrupt(
                    reader.fileInfo().name(), info.filePosition(), "subblock " + index + " has no sound place");
        }
        byte[] metadata = subblock.metadataXmlBytes();
        byte[] attachment = subblock.attachment();
        long missing = subblock.missingBytes();
        boolean isDecoded = compression != null && info.compression() != compression || missing > 0;
        if (!isDecoded) {
            byte[] payload = subblock.rawData();
            ByteBuffer entry = reader.directoryEntry(subblock, info.compressionCode());
            return new Prepared(entry, metadata, payload, attachment, sha256(payload), false, List.of(), null);
        }
        Compression stored = compression == null ? Compression.UNCOMPRESSED : compression;
        Subblock.Bitmap bitmap = subblock.readAll();
        byte[] pixels = bytes(bitmap.pixels());
        NewSubblock encoding = NewSubblock.of(info.logical(), info.pixelType())
                .stored(info.storedWidth(), bitmap.pixels().height())
                .compressed(stored);
        byte[] payload = CziWriter.encode(encoding, pixels);
        ByteBuffer entry = reader.directoryEntry(subblock, stored.code());
        CziException loss = missing == 0
                ? null
                : CziException.corrupt(
                        reader.fileInfo().name(),
                        info.filePosition(),
                        "the end of the file cuts off " + missing + " bytes; missing pixels are 0");
        return new Prepared(entry, metadata, payload, attachment, sha256(pixels), true, bitmap.warnings(), loss);
    }

    private static byte[] bytes(Pixels pixels) {
        ByteBuffer bytes = ByteBuffer.allocate((int) pixels.byteCount()).order(ByteOrder.LITTLE_ENDIAN);
        pixels.copyRows(0, pixels.height(), bytes);
        return bytes.array();
    }

    private int copyAttachments(CziWriter writer, List<String> leftOut, List<Loss> losses) throws CziException {
        int copied = 0;
        List<Attachment> all = orIfLost("the list of attachments", reader::attachments, List.of(), losses);
        for (Attachment attachment : all) {
            if (attachments.test(attachment)) {
                byte[] payload = orIfLost("attachment " + attachment.name(), attachment::read, null, losses);
                if (payload != null) {
                    writer.addCopy(attachment, payload);
                    copied++;
                }
            } else {
                leftOut.add(attachment.name());
            }
        }
        return copied;
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws CziException;
    }

    /** Reads something; where it cannot be read and that is put up with, a loss and something instead. */
    private <T> T orIfLost(String what, Reading<T> reading, T instead, List<Loss> losses) throws CziException {
        try {
            return reading.read();
        } catch (CziException e) {
            if (!skipsDamaged) {
                throw e;
            }
            losses.add(new Loss(what, e));
            return instead;
        }
    }

    private void compare(Path written, List<byte[]> digests, List<Boolean> isDecoded, Progress progress, long total)
            throws CziException {
        CziOptions options = CziOptions.defaults().io(FileByteSource.Mode.CHANNEL);
        try (CziReader copy = CziReader.open(written, options)) {
            if (copy.subblockCount() != digests.size()) {
                throw CziException.io(
                        written.toString(),
                        CziException.NO_OFFSET,
                        "reads as " + copy.subblockCount() + " subblocks, but " + digests.size() + " were written",
                        null);
            }
            try (OrderedWork<byte[]> work = new OrderedWork<>(
                    written.toString(), digests.size(), threads, i -> digest(copy.subblock(i), isDecoded.get(i)))) {
                for (int i = 0; i < digests.size(); i++) {
                    if (!Arrays.equals(work.next(), digests.get(i))) {
                        throw CziException.io(
                                written.toString(),
                                copy.subblockInfo(i).filePosition(),
                                "subblock " + i + " reads otherwise than it was written",
                                null);
                    }
                    progress.update(total / 2 + i + 1L, total);
                }
            }
        }
    }

    private static byte[] digest(Subblock subblock, boolean isDecoded) throws CziException {
        return sha256(isDecoded ? bytes(subblock.readAll().pixels()) : subblock.rawData());
    }

    private static byte[] sha256(byte[] bytes) {
        return sha256().digest(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }

    private static String digestOf(List<byte[]> digests) {
        MessageDigest all = sha256();
        digests.forEach(all::update);
        return HexFormat.of().formatHex(all.digest());
    }
}
