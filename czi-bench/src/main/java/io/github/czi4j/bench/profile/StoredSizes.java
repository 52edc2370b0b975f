package io.github.czi4j.bench.profile;

import io.github.czi4j.CziReader;
import io.github.czi4j.model.SubblockInfo;
import java.util.Arrays;

/**
 * About how many bytes subblocks take in their file: the distance to the next one, since the directory does not say it; at
 * most the decoded size and a little, so that what else lies between is not counted.
 */
final class StoredSizes {
    /** Room for a subblock's header, XML and padding. */
    private static final long SLACK = 1 << 16;

    private final long[] positions;
    private final long fileSize;

    StoredSizes(CziReader reader) {
        positions = new long[reader.subblockCount()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = reader.subblockInfo(i).filePosition();
        }
        Arrays.sort(positions);
        fileSize = reader.fileInfo().size();
    }

    /** Bytes of a subblock, at least 1. */
    long of(SubblockInfo info) {
        int at = Arrays.binarySearch(positions, info.filePosition());
        // Damaged directories name one position twice.
        while (at + 1 < positions.length && positions[at + 1] == positions[at]) {
            at++;
        }
        long next = at + 1 < positions.length ? positions[at + 1] : fileSize;
        return Math.max(1, Math.min(next - info.filePosition(), info.decodedBytes() + SLACK));
    }

    /** The stratum of a subblock. */
    Stratum stratum(SubblockInfo info) {
        return Stratum.of(info.compression(), of(info));
    }
}
