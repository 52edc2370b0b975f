package io.github.czi4j.codec.zstd;

/** xxHash64 with seed 0 (RFC 8878, 3.1.1: Content_Checksum is its low half; the algorithm by its public specification). */
final class XxHash64 {
    private static final long PRIME1 = 0x9E3779B185EBCA87L;
    private static final long PRIME2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME3 = 0x165667B19E3779F9L;
    private static final long PRIME4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME5 = 0x27D4EB2F165667C5L;

    private static final int STRIPE = 32;
    private static final ColdLoop STRIPES = new ColdLoop(32);

    private XxHash64() {}

    /** The hash of part of an array. */
    static long hash(byte[] bytes, int start, int length) {
        int position = start;
        int end = start + length;
        long hash;
        if (length >= STRIPE) {
            long[] lanes = {PRIME1 + PRIME2, PRIME2, 0, -PRIME1};
            for (int left = length / STRIPE; left > 0; ) {
                int count = STRIPES.atMost(left);
                stripes(bytes, position, count, lanes);
                position += count * STRIPE;
                left -= count;
            }
            hash = Long.rotateLeft(lanes[0], 1)
                    + Long.rotateLeft(lanes[1], 7)
                    + Long.rotateLeft(lanes[2], 12)
                    + Long.rotateLeft(lanes[3], 18);
            for (long lane : lanes) {
                hash = merge(hash, lane);
            }
        } else {
            hash = PRIME5;
        }
        hash += length;
        for (; end - position >= 8; position += 8) {
            hash = Long.rotateLeft(hash ^ round(0, Bytes.getLong(bytes, position)), 27) * PRIME1 + PRIME4;
        }
        if (end - position >= 4) {
            hash = Long.rotateLeft(hash ^ (Bytes.getInt(bytes, position) & 0xFFFFFFFFL) * PRIME1, 23) * PRIME2 + PRIME3;
            position += 4;
        }
        for (; position < end; position++) {
            hash = Long.rotateLeft(hash ^ (bytes[position] & 0xFF) * PRIME5, 11) * PRIME1;
        }
        hash = (hash ^ hash >>> 33) * PRIME2;
        hash = (hash ^ hash >>> 29) * PRIME3;
        return hash ^ hash >>> 32;
    }

    private static void stripes(byte[] bytes, int start, int count, long[] lanes) {
        long lane1 = lanes[0];
        long lane2 = lanes[1];
        long lane3 = lanes[2];
        long lane4 = lanes[3];
        int end = start + count * STRIPE;
        for (int position = start; position < end; position += STRIPE) {
            lane1 = round(lane1, Bytes.getLong(bytes, position));
            lane2 = round(lane2, Bytes.getLong(bytes, position + 8));
            lane3 = round(lane3, Bytes.getLong(bytes, position + 16));
            lane4 = round(lane4, Bytes.getLong(bytes, position + 24));
        }
        lanes[0] = lane1;
        lanes[1] = lane2;
        lanes[2] = lane3;
        lanes[3] = lane4;
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * PRIME2, 31) * PRIME1;
    }

    private static long merge(long hash, long lane) {
        return (hash ^ round(0, lane)) * PRIME1 + PRIME4;
    }
}
