package io.github.czi4j.index;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.CziException;
import io.github.czi4j.zisraw.DirectoryEntry;
import io.github.czi4j.zisraw.FileSet;
import io.github.czi4j.zisraw.SubblockSegment;

/**
 * Finds subblocks in the files of a set: each in the file that the directory names; where it is not there, in the first
 * file (sheet §1.1), but then only if that subblock is what the directory says. Thread-safe.
 *
 * @param files the file with its parts
 * @param directory its subblocks
 * @param acceptsCut whether a subblock may be cut off by the end of its file
 */
public record SubblockLocator(FileSet files, SubblockDirectory directory, boolean acceptsCut) {

    /**
     * Where a subblock is.
     *
     * @param source the file that it lies in
     * @param segment where its parts lie in that file
     */
    public record Located(ByteSource source, SubblockSegment segment) {}

    /**
     * Finds a subblock.
     *
     * @param row its index in the directory
     * @param ownEntry receives the copy of the directory entry inside the subblock
     * @return where it is
     * @throws CziException if no subblock is where the directory says, or its file is missing
     */
    public Located locate(int row, DirectoryEntry ownEntry) throws CziException {
        int part = directory.filePart(row);
        ByteSource named = files.source(part);
        CziException reason = null;
        if (named != null) {
            try {
                return new Located(named, segment(named, row, ownEntry));
            } catch (CziException e) {
                if (named == files.main() || e.kind() != CziException.Kind.CORRUPT) {
                    throw e;
                }
                reason = e;
            }
        }
        SubblockSegment segment = inMain(row, ownEntry);
        if (segment != null) {
            return new Located(files.main(), segment);
        }
        throw reason != null ? reason : files.missing(part, directory.filePosition(row), "subblock " + row);
    }

    /**
     * Whether a subblock is in the first file, whichever the directory names.
     *
     * @param row its index in the directory
     * @return true if what is there is what the directory says
     * @throws CziException if the storage fails
     */
    public boolean isInMain(int row) throws CziException {
        return inMain(row, new DirectoryEntry()) != null;
    }

    private SubblockSegment inMain(int row, DirectoryEntry ownEntry) throws CziException {
        try {
            SubblockSegment segment = segment(files.main(), row, ownEntry);
            return ownEntry.problem() == null && directory.agreesWith(row, ownEntry) ? segment : null;
        } catch (CziException e) {
            if (e.kind() != CziException.Kind.CORRUPT) {
                throw e;
            }
            return null;
        }
    }

    private SubblockSegment segment(ByteSource source, int row, DirectoryEntry ownEntry) throws CziException {
        long position = directory.filePosition(row);
        return acceptsCut
                ? SubblockSegment.readCut(source, position, ownEntry)
                : SubblockSegment.read(source, position, ownEntry);
    }
}
