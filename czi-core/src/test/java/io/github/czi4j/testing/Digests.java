package io.github.czi4j.testing;

import io.github.czi4j.model.Pixels;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Fingerprints as the corpus gives them. */
public final class Digests {
    private Digests() {}

    /** MD5 of tight little-endian pixels. */
    public static String md5(Pixels pixels) {
        ByteBuffer bytes = ByteBuffer.allocate((int) pixels.byteCount());
        pixels.copyRows(0, pixels.height(), bytes);
        return md5(bytes.array());
    }

    /** MD5 of bytes, in lower-case hexadecimal. */
    public static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
