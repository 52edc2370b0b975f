package io.github.czi4j.bench.measure;

import io.github.czi4j.model.Pixels;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Fingerprints of mosaics, as tight little-endian bytes. Not thread-safe. */
public final class OutputHash {
    private static final int CHUNK = 1 << 20;

    private byte[] chunk = new byte[CHUNK];

    /**
     * Digests pixels.
     *
     * @param pixels not changed
     * @return SHA-256 as {@code sha256:…}
     */
    public String of(Pixels pixels) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        int rowBytes = Math.multiplyExact(pixels.width(), pixels.type().bytesPerPixel());
        if (rowBytes > chunk.length) {
            chunk = new byte[rowBytes];
        }
        int rowsAtOnce = chunk.length / rowBytes;
        for (int row = 0; row < pixels.height(); row += rowsAtOnce) {
            int rows = Math.min(rowsAtOnce, pixels.height() - row);
            pixels.copyRows(row, rows, ByteBuffer.wrap(chunk));
            digest.update(chunk, 0, rows * rowBytes);
        }
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }
}
