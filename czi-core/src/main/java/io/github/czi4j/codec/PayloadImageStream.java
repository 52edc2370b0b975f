package io.github.czi4j.codec;

import java.nio.ByteBuffer;
import javax.imageio.stream.ImageInputStreamImpl;

/** A payload as ImageIO wants it: no copy, and no cache file, which ImageIO would make by itself. */
final class PayloadImageStream extends ImageInputStreamImpl {
    private final ByteBuffer bytes;

    PayloadImageStream(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() {
        bitOffset = 0;
        return streamPos < bytes.limit() ? bytes.get((int) streamPos++) & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        int count = (int) Math.min(length, bytes.limit() - streamPos);
        if (count <= 0) {
            return -1;
        }
        bytes.get((int) streamPos, target, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return bytes.limit();
    }
}
