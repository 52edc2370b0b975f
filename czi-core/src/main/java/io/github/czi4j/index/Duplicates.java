package io.github.czi4j.index;

import io.github.czi4j.model.Dimension;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/** Subblocks that stand for the same tile: equal indices, tile number, place and size of the bitmap. */
public final class Duplicates {
    /** Rows that stand in the lower bits of a sorted key. */
    private static final int ROW_BITS = 31;

    private Duplicates() {}

    /**
     * Which subblocks have a newer one of the same tile, that is one further behind in the file, or one that the file's
     * own directory names where it does not name them (sheet §9.3).
     *
     * @param all the subblocks
     * @param known the directory of the file, if there is one beside {@code all}
     * @return by row
     */
    public static boolean[] olderOnes(SubblockDirectory all, Optional<SubblockDirectory> known) {
        BitSet named = new BitSet();
        known.ifPresent(directory -> markNamed(all, directory, named));
        long[] keys = new long[all.size()];
        for (int row = 0; row < keys.length; row++) {
            keys[row] = hash(all, row) << ROW_BITS & Long.MAX_VALUE | row;
        }
        Arrays.sort(keys);
        boolean[] isOlder = new boolean[all.size()];
        int mask = (1 << ROW_BITS) - 1;
        // Linear, however many there are of one tile; where two tiles share a key, one of the duplicates may stay.
        for (int i = 0; i < keys.length; ) {
            int newest = (int) keys[i] & mask;
            int j = i + 1;
            for (; j < keys.length && keys[j] >>> ROW_BITS == keys[i] >>> ROW_BITS; j++) {
                int row = (int) keys[j] & mask;
                if (isSame(all, newest, row)) {
                    boolean isNewer = named.get(row) || !named.get(newest);
                    isOlder[isNewer ? newest : row] = true;
                    newest = isNewer ? row : newest;
                }
            }
            i = j;
        }
        return isOlder;
    }

    private static void markNamed(SubblockDirectory all, SubblockDirectory known, BitSet named) {
        long[] positions = new long[known.size()];
        for (int row = 0; row < positions.length; row++) {
            positions[row] = known.filePosition(row);
        }
        Arrays.sort(positions);
        for (int row = 0; row < all.size(); row++) {
            if (Arrays.binarySearch(positions, all.filePosition(row)) >= 0) {
                named.set(row);
            }
        }
    }

    private static long hash(SubblockDirectory all, int row) {
        long hash = all.x(row) * 0x9E3779B97F4A7C15L + all.y(row);
        hash = hash * 31 + all.storedWidth(row);
        hash = hash * 31 + all.storedHeight(row);
        hash = hash * 31 + all.mOrLowest(row);
        for (Dimension dimension : Dimension.ofCoordinate()) {
            hash = hash * 31 + (all.has(row, dimension) ? all.index(row, dimension) + 1 : 0);
        }
        hash ^= hash >>> 29;
        hash *= 0xBF58476D1CE4E5B9L;
        return hash ^ hash >>> 32;
    }

    private static boolean isSame(SubblockDirectory all, int a, int b) {
        boolean isSame = all.x(a) == all.x(b)
                && all.y(a) == all.y(b)
                && all.width(a) == all.width(b)
                && all.height(a) == all.height(b)
                && all.storedWidth(a) == all.storedWidth(b)
                && all.storedHeight(a) == all.storedHeight(b)
                && all.mOrLowest(a) == all.mOrLowest(b);
        for (Dimension dimension : Dimension.ofCoordinate()) {
            isSame = isSame
                    && all.has(a, dimension) == all.has(b, dimension)
                    && (!all.has(a, dimension) || all.index(a, dimension) == all.index(b, dimension));
        }
        return isSame;
    }
}
