package io.github.czi4j.index;

import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.Extent;
import io.github.czi4j.model.OtherDimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What few combinations of which a file repeats for all its subblocks: pixel type, compression, pyramid byte, file part,
 * the set of dimensions, and what is odd about them. A row of the directory holds the number of its kind.
 */
final class KindTable {

    /** One combination. */
    record Kind(
            int coordinateMask,
            boolean hasM,
            boolean sound,
            int pixelType,
            int compression,
            int pyramidType,
            int filePart,
            List<Extent> extents,
            List<OtherDimension> otherDimensions) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Kind kind
                    && kind.is(
                            coordinateMask,
                            hasM,
                            sound,
                            pixelType,
                            compression,
                            pyramidType,
                            filePart,
                            extents,
                            otherDimensions);
        }

        private boolean is(
                int mask,
                boolean isWithM,
                boolean isSound,
                int type,
                int method,
                int pyramid,
                int part,
                List<Extent> sizes,
                List<OtherDimension> others) {
            return coordinateMask == mask
                    && hasM == isWithM
                    && sound == isSound
                    && pixelType == type
                    && compression == method
                    && pyramidType == pyramid
                    && filePart == part
                    && extents.equals(sizes)
                    && otherDimensions.equals(others);
        }

        /** That of a record is put together when it is first called, which takes a process 16 ms. */
        @Override
        public int hashCode() {
            int flags = (hasM ? 1 : 0) + (sound ? 2 : 0);
            int hash =
                    Arrays.hashCode(new int[] {coordinateMask, flags, pixelType, compression, pyramidType, filePart});
            return 31 * (31 * hash + extents.hashCode()) + otherDimensions.hashCode();
        }
    }

    /** More combinations than any file has; the lists are not kept beyond, lest a hostile one fills the heap. */
    private static final int MAX_KINDS_WITH_LISTS = 1 << 16;

    private final List<Kind> kinds = new ArrayList<>();
    private final Map<Kind, Integer> numbers = new HashMap<>();
    private int last;

    /** The number of a combination, a new one if it is met for the first time. */
    int numberOf(
            int coordinateMask,
            boolean hasM,
            boolean sound,
            int pixelType,
            int compression,
            int pyramidType,
            int filePart,
            List<Extent> extents,
            List<OtherDimension> otherDimensions) {
        if (!kinds.isEmpty()) {
            // Nearly every entry is of the kind of its predecessor: no object for it.
            Kind previous = kinds.get(last);
            if (previous.is(
                    coordinateMask,
                    hasM,
                    sound,
                    pixelType,
                    compression,
                    pyramidType,
                    filePart,
                    extents,
                    otherDimensions)) {
                return last;
            }
        }
        boolean isRoom = kinds.size() < MAX_KINDS_WITH_LISTS;
        Kind kind = new Kind(
                coordinateMask,
                hasM,
                sound,
                pixelType,
                compression,
                pyramidType,
                filePart,
                isRoom ? List.copyOf(extents) : List.of(),
                isRoom ? List.copyOf(otherDimensions) : List.of());
        Integer known = numbers.get(kind);
        if (known == null) {
            known = kinds.size();
            kinds.add(kind);
            numbers.put(kind, known);
        }
        last = known;
        return known;
    }

    Kind get(int number) {
        return kinds.get(number);
    }

    int[] fileParts() {
        int[] parts = new int[kinds.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = kinds.get(i).filePart;
        }
        return IndexMath.distinct(parts);
    }

    /** Whether either all kinds have a dimension or none. */
    boolean agreeOn(Dimension dimension) {
        int bit = 1 << dimension.ordinal();
        for (Kind kind : kinds) {
            if (((kind.coordinateMask ^ kinds.get(0).coordinateMask) & bit) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether any subblock goes on along some dimension. */
    boolean hasExtents() {
        for (Kind kind : kinds) {
            if (!kind.extents.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    void summarise(SubblockDirectory directory, IntColumn column, SubblockDirectory.SummarySink sink) {
        int[] counts = new int[kinds.size()];
        for (int row = 0; row < directory.size(); row++) {
            counts[column.get(row)]++;
        }
        Map<Long, Integer> merged = new HashMap<>();
        for (int number = 0; number < counts.length; number++) {
            Kind kind = kinds.get(number);
            merged.merge((long) kind.pixelType << 32 | kind.compression & 0xFFFFFFFFL, counts[number], Integer::sum);
        }
        merged.forEach((key, count) -> sink.accept((int) (key >> 32), key.intValue(), count));
    }
}
