package io.github.czi4j.observe;

/** A part of the reader's work. The stages of one thread never overlap. */
public enum Stage {
    /** Opening the storage and reading the file header; bytes are the size of the file. */
    OPEN,
    /** Parsing the subblock directory. */
    DIRECTORY,
    /** Fetching the metadata XML. */
    METADATA,
    /** Grouping the directory by planes, and the spatial index. */
    INDEX,
    /** Deciding what a mosaic needs: subblocks, order, visible parts. */
    PLAN,
    /** Making the array that a mosaic fills, and putting the background where no tile is. */
    ALLOCATE,
    /**
     * Fetching a subblock's header and payload from the storage. From a mapped file it touches each page of the
     * payload, so that waiting for the storage is counted here and not where the bytes are used.
     */
    READ,
    /** From payload to pixels; nothing to do for uncompressed subblocks. */
    DECODE,
    /** Converting to the mosaic's pixel type and copying the visible parts to their place. */
    PLACE,
    /** Of the calling thread: its own share is done, but other workers are not. */
    WAIT,
    /** Holes, report, result. */
    FINALISE
}
