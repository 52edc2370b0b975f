package io.github.czi4j.bench.storage;

import io.github.czi4j.CziReader;
import io.github.czi4j.model.ByteRange;
import io.github.czi4j.model.CziException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where tiles lie in their file. */
public final class TileRanges {
    private TileRanges() {}

    /**
     * Looks at the head of each tile, one small read each.
     *
     * @param reader the file
     * @param subblocks indices in the directory
     * @return from head to end of the payload, in the order of the file; without tiles that are not where the directory
     *     says
     */
    public static List<ByteRange> of(CziReader reader, int[] subblocks) {
        List<ByteRange> ranges = new ArrayList<>();
        for (int index : subblocks) {
            try {
                ranges.add(reader.subblock(index).storedRange());
            } catch (CziException e) {
                // Whoever loads it will hear of it.
                continue;
            }
        }
        ranges.sort(Comparator.comparingLong(ByteRange::position));
        return ranges;
    }
}
