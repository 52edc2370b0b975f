package io.github.czi4j.cli;

import io.github.czi4j.Attachment;
import io.github.czi4j.CziReader;
import io.github.czi4j.Mosaic;
import io.github.czi4j.Subblock;
import io.github.czi4j.bench.console.Progress;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.SubblockInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Fingerprints of a file's contents: MD5 of tight little-endian pixels, rows from top to bottom, colour in the stored
 * order; of the metadata and of the attachments as stored. What cannot be read is an error in its place.
 */
final class Digest {
    private static final int CHUNK = 1 << 20;

    private final CziReader reader;

    /**
     * What came of a subblock or a mosaic.
     *
     * @param pixelType its label
     * @param md5 of its pixels, null if it has none
     * @param error why it has none, else null
     * @param warnings what was odd
     */
    record Bitmap(int width, int height, String pixelType, String md5, String error, List<String> warnings) {
        static Bitmap of(Pixels pixels, List<String> warnings) {
            return new Bitmap(
                    pixels.width(), pixels.height(), pixels.type().label(), Digest.md5(pixels), null, warnings);
        }

        static Bitmap failed(String error) {
            return new Bitmap(0, 0, null, null, error, List.of());
        }
    }

    /**
     * What came of some bytes.
     *
     * @param name what the file calls them
     * @param type what the file says they are
     * @param error why they cannot be read, else null
     */
    record Payload(String name, String type, int size, String md5, String error) {}

    /** Takes the results in the order of the directory. */
    @FunctionalInterface
    interface Sink {
        void accept(SubblockInfo info, Bitmap result) throws IOException;
    }

    Digest(CziReader reader) {
        this.reader = reader;
    }

    /** Decodes all subblocks on all processors; one a processor is in memory at a time. */
    void forEachSubblock(Sink sink) throws IOException {
        int count = reader.subblockCount();
        try (Progress progress = new Progress("decoding", count);
                InOrder<Bitmap> results = new InOrder<>(count, index -> decode(reader.subblock(index)))) {
            for (int index = 0; index < count; index++) {
                sink.accept(reader.subblockInfo(index), results.next());
                progress.update(index + 1L);
            }
        }
    }

    private static Bitmap decode(Subblock subblock) {
        try {
            Subblock.Bitmap bitmap = subblock.read();
            return Bitmap.of(bitmap.pixels(), bitmap.warnings());
        } catch (CziException e) {
            return Bitmap.failed(e.getMessage());
        }
    }

    Payload metadata() {
        try {
            return payload("", "XML", reader.metadataXmlBytes());
        } catch (CziException e) {
            return new Payload("", "XML", 0, null, e.getMessage());
        }
    }

    /** One result for each attachment; an exception if even their list cannot be read. */
    List<Payload> attachments() throws CziException {
        return reader.attachments().stream().map(Digest::attachment).toList();
    }

    private static Payload attachment(Attachment attachment) {
        // Byte by byte: the fingerprint is of what is stored, whatever encoding that may be.
        String name = new String(attachment.storedName(), StandardCharsets.ISO_8859_1);
        try {
            return payload(name, attachment.contentFileType(), attachment.read());
        } catch (CziException e) {
            return new Payload(name, attachment.contentFileType(), 0, null, e.getMessage());
        }
    }

    private static Payload payload(String name, String type, byte[] bytes) {
        return new Payload(name, type, bytes.length, md5(bytes), null);
    }

    Bitmap mosaic(DigestRequest request) {
        if (request.refusal() != null) {
            return Bitmap.failed(request.refusal());
        }
        try {
            Mosaic mosaic = reader.readMosaic(request.mosaic());
            if (mosaic.isComplete()) {
                return Bitmap.of(mosaic.pixels(), List.of());
            }
            String reason = mosaic.failures().isEmpty()
                    ? mosaic.notes().get(0)
                    : mosaic.failures().get(0).reason().getMessage();
            return Bitmap.failed("the mosaic is not complete: " + reason);
        } catch (CziException | IllegalArgumentException e) {
            return Bitmap.failed(e.getMessage());
        }
    }

    private static String md5(Pixels pixels) {
        MessageDigest digest = md5();
        long rowBytes = pixels.byteCount() / Math.max(1, pixels.height());
        int rowsAtOnce = (int) Math.max(1, CHUNK / Math.max(1, rowBytes));
        rowsAtOnce = Math.min(rowsAtOnce, Math.max(1, pixels.height()));
        ByteBuffer chunk = ByteBuffer.allocate(Math.toIntExact(rowsAtOnce * rowBytes));
        for (int row = 0; row < pixels.height(); row += rowsAtOnce) {
            chunk.clear();
            pixels.copyRows(row, Math.min(rowsAtOnce, pixels.height() - row), chunk);
            digest.update(chunk.flip());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** MD5 in lower-case hexadecimal. */
    static String md5(byte[] bytes) {
        return HexFormat.of().formatHex(md5().digest(bytes));
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
