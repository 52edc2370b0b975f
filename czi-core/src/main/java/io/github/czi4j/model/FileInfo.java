package io.github.czi4j.model;

import java.util.UUID;

/**
 * The file as such.
 *
 * @param name as it was opened
 * @param size bytes
 * @param majorVersion of the format, 1 in all files seen
 * @param minorVersion of the format, 0 in all files seen
 * @param fileGuid of this file
 * @param primaryFileGuid of the first file of a set; equal to {@code fileGuid} for a single file
 * @param filePart 0 for the first or only file of a set
 * @param updatePending a writer was, or is, at work
 */
public record FileInfo(
        String name,
        long size,
        int majorVersion,
        int minorVersion,
        UUID fileGuid,
        UUID primaryFileGuid,
        int filePart,
        boolean updatePending) {}
