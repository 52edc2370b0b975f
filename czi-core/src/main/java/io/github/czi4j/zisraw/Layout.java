package io.github.czi4j.zisraw;

/** Numbers of the layout that reader and writer share. Unless a comment says otherwise they are bytes. */
public final class Layout {
    // Segments (sheet §1): offsets from the position of the segment.
    /** Length of a segment's name. */
    public static final int SID_LENGTH = 16;
    /** Offset of the i64 AllocatedSize. */
    public static final int ALLOCATED_SIZE = 16;
    /** Offset of the i64 UsedSize. */
    public static final int USED_SIZE = 24;
    /** Length of a segment's header; "data start" is this far behind its position. */
    public static final int SEGMENT_HEADER = 32;
    /** Segments begin at multiples of this. */
    public static final int ALIGNMENT = 32;

    // File header (sheet §1.1): offsets from the data start.
    /** Length of the data part. */
    public static final int FILE_HEADER = 512;

    // Subblock directory (sheet §1.2).
    /** Offset of the first entry from the data start. */
    public static final int DIRECTORY_ENTRIES = 128;

    // Directory entry, schema DV (sheet §2.1).
    /** Length without dimensions. */
    public static final int DV_FIXED = 32;
    /** Length of one dimension entry. */
    public static final int DV_DIMENSION = 20;
    /** Length of an entry of schema DE (sheet §2.3). */
    public static final int DE_LENGTH = 128;
    /** Most dimensions that an entry may have (a number, not bytes). */
    public static final int MAX_DIMENSIONS = 40;

    // Subblock segment (sheet §3.1): offsets from the data start.
    /** Offset of the entry copy; the three sizes stand before it. */
    public static final int SUBBLOCK_ENTRY = 16;
    /** The metadata begins at least this far behind the data start. */
    public static final int SUBBLOCK_MIN_HEADER = 256;

    // Metadata and attachments (sheet §5.1, §6).
    /** Offset of the XML from the data start. */
    public static final int METADATA_XML = 256;
    /** Offset of the first attachment entry from the data start. */
    public static final int ATTACHMENT_ENTRIES = 256;
    /** Length of an attachment entry. */
    public static final int ATTACHMENT_ENTRY = 128;
    /** Offset of the entry copy in an attachment segment from the data start. */
    public static final int ATTACHMENT_ENTRY_COPY = 16;
    /** Offset of an attachment's payload from the data start. */
    public static final int ATTACHMENT_DATA = 256;

    private Layout() {}

    /**
     * Where the metadata of a subblock begins (sheet §3.1).
     *
     * @param entryLength length of the subblock's own directory entry
     * @return offset from the data start
     */
    public static int subblockHeader(int entryLength) {
        return Math.max(SUBBLOCK_MIN_HEADER, SUBBLOCK_ENTRY + entryLength);
    }

    /**
     * The next multiple of {@link #ALIGNMENT}.
     *
     * @param size at least 0
     * @return {@code size} or up to 31 more
     */
    public static long align(long size) {
        return size + ALIGNMENT - 1 & -ALIGNMENT;
    }
}
