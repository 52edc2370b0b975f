package io.github.czi4j.zisraw;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.CziException;
import java.nio.ByteBuffer;

/**
 * The subblock directory, segment {@code ZISRAWDIRECTORY} (sheet §1.2): i32 EntryCount, spare bytes, and from byte 128
 * of the data part the entries, one behind the other.
 */
public final class DirectorySegment {
    private static final long LONGEST_ENTRY = Layout.DV_FIXED + (long) Layout.DV_DIMENSION * Layout.MAX_DIMENSIONS;
    /** Bytes looked at together; larger than any entry by far. */
    private static final int WINDOW = 1 << 26;

    /** Receives the entries in their order. */
    public interface Sink {
        /**
         * Is told how many entries are to come at most, before the first.
         *
         * @param count from 0; no more than the segment has room for
         */
        void expect(int count);

        /**
         * Takes an entry.
         *
         * @param entry read anew for each call: not to be kept
         * @param offset of the entry in the file
         * @throws CziException if the entries need more memory than is allowed
         */
        void accept(DirectoryEntry entry, long offset) throws CziException;

        /**
         * Is told that the rest of the directory cannot be read, because the place of the next entry is unknown.
         *
         * @param offset of the unreadable entry in the file
         * @param problem what was expected and what was found
         * @param missing number of entries that are lost
         */
        void broken(long offset, String problem, int missing);
    }

    private DirectorySegment() {}

    /**
     * Reads all entries in one pass.
     *
     * @param source the file
     * @param position offset of the segment
     * @param sink takes the entries
     * @throws CziException if there is no directory at that position, or its count makes no sense
     */
    public static void read(ByteSource source, long position, Sink sink) throws CziException {
        SegmentHeader segment = SegmentHeader.expect(source, position, SegmentId.DIRECTORY);
        long dataStart = segment.dataStart();
        if (source.size() - dataStart < Layout.DIRECTORY_ENTRIES) {
            throw CziException.corrupt(
                    source.name(),
                    dataStart,
                    "expected " + Layout.DIRECTORY_ENTRIES + " bytes of directory, but the file ends at "
                            + source.size());
        }
        int count = source.slice(dataStart, Integer.BYTES).getInt(0);
        long entries = dataStart + Layout.DIRECTORY_ENTRIES;
        // UsedSize may be wrong where the entries are right (sheet §9.2), so the file's end is the bound.
        long available = source.size() - entries;
        if (count < 0 || count > available / Layout.DV_FIXED) {
            throw CziException.corrupt(
                    source.name(),
                    dataStart,
                    "the directory announces " + count + " entries, but " + available + " bytes are left for them");
        }
        sink.expect(count);
        readEntries(source, entries, dataStart + segment.usedSize(), count, sink);
    }

    private static void readEntries(ByteSource source, long first, long likelyEnd, int count, Sink sink)
            throws CziException {
        DirectoryEntry entry = new DirectoryEntry();
        long windowStart = first;
        int windowLength = 0;
        ByteBuffer window = ByteBuffer.allocate(0);
        int at = 0;
        for (int i = 0; i < count; i++) {
            int length = entry.read(window, at, windowLength);
            if (length == DirectoryEntry.UNREADABLE && windowStart + windowLength < source.size()) {
                windowStart += at;
                long wanted = nextWindow(count - i, likelyEnd - windowStart);
                windowLength = (int) Math.min(wanted, source.size() - windowStart);
                window = source.slice(windowStart, windowLength);
                at = 0;
                length = entry.read(window, at, windowLength);
            }
            if (length == DirectoryEntry.UNREADABLE) {
                sink.broken(windowStart + at, entry.problem(), count - i);
                return;
            }
            sink.accept(entry, windowStart + at);
            at += length;
        }
    }

    /**
     * As much as the entries left can need, so that a small directory costs one small read; where the segment says sensibly
     * how much that is, no more than that.
     */
    private static long nextWindow(int entriesLeft, long likely) {
        long shortest = (long) entriesLeft * Layout.DV_FIXED;
        long longest = LONGEST_ENTRY * entriesLeft;
        boolean isSensible = likely >= Math.max(shortest, LONGEST_ENTRY) && likely < longest;
        return Math.min(WINDOW, isSensible ? likely : longest);
    }
}
