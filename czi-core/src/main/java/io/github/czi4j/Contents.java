package io.github.czi4j;

import io.github.czi4j.index.DirectoryUnion;
import io.github.czi4j.index.Recovery;
import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.CziException;
import io.github.czi4j.zisraw.AttachmentEntry;
import io.github.czi4j.zisraw.FileHeader;
import io.github.czi4j.zisraw.FileSet;
import io.github.czi4j.zisraw.Layout;
import io.github.czi4j.zisraw.MetadataSegment;
import io.github.czi4j.zisraw.SegmentHeader;
import io.github.czi4j.zisraw.SegmentId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where things are in a file: by its header and directories, or by what a scan of it found.
 *
 * @param header of the file; positions that are stale have been mended
 * @param directory the subblocks
 * @param attachments what a scan found; empty to read the file's own attachment directory
 * @param isRecovered whether the file was scanned
 * @param replaced the file's own directory, as far as it can be read, where a scan has replaced it
 * @param problems what was odd, in words
 * @param losses what the file's own directories name, as far as they can be read, and the scan did not find
 */
record Contents(
        FileHeader header,
        SubblockDirectory directory,
        Optional<List<AttachmentEntry>> attachments,
        boolean isRecovered,
        Optional<SubblockDirectory> replaced,
        List<String> problems,
        List<CziCopier.Loss> losses) {

    /** The directories of all files of a set as one; all else is that of the first file. */
    Contents joinedWith(FileSet files, boolean isRescue, long memoryLimit) throws CziException {
        List<String> odd = new ArrayList<>(problems);
        odd.addAll(files.problems());
        List<CziCopier.Loss> lost = new ArrayList<>(losses);
        List<DirectoryUnion.Member> members = new ArrayList<>(members(files.mainNumber()));
        for (FileSet.Part part : files.others()) {
            try {
                Contents its = isRescue
                        ? rescue(files, part.number(), memoryLimit)
                        : read(part.source(), part.header(), memoryLimit);
                members.addAll(its.members(part.number()));
                its.problems.forEach(problem -> odd.add(part.source().name() + ": " + problem));
                lost.addAll(its.losses);
            } catch (CziException e) {
                if (e.kind() == CziException.Kind.LIMIT) {
                    throw e;
                }
                odd.add("part " + part.number() + " of the set lists no subblocks of its own: " + e.getMessage());
            }
        }
        SubblockDirectory joined =
                files.others().isEmpty() ? directory : DirectoryUnion.of(files, members, memoryLimit);
        odd.addAll(MissingParts.of(files, joined));
        return new Contents(header, joined, attachments, isRecovered, replaced, List.copyOf(odd), List.copyOf(lost));
    }

    /** What this file of a set contributes: its subblocks, and those that its directory names in other files. */
    private List<DirectoryUnion.Member> members(int number) {
        DirectoryUnion.Member own = new DirectoryUnion.Member(
                number, directory, isRecovered ? DirectoryUnion.Rows.SCANNED : DirectoryUnion.Rows.LISTED);
        return replaced.isEmpty()
                ? List.of(own)
                : List.of(own, new DirectoryUnion.Member(number, replaced.get(), DirectoryUnion.Rows.LISTED_ELSEWHERE));
    }

    /** By header and directory. */
    static Contents read(ByteSource source, FileHeader header, long memoryLimit) throws CziException {
        return new Contents(
                header,
                readDirectory(source, header, memoryLimit),
                Optional.empty(),
                false,
                Optional.empty(),
                List.of(),
                List.of());
    }

    private static SubblockDirectory readDirectory(ByteSource source, FileHeader header, long memoryLimit)
            throws CziException {
        if (header.directoryPosition() == FileHeader.NONE) {
            throw CziException.corrupt(
                    source.name(),
                    CziException.NO_OFFSET,
                    "the file header names no subblock directory: the file was not finished (rescue it)");
        }
        return SubblockDirectory.read(source, header.directoryPosition(), memoryLimit);
    }

    /** A file of a set, by its header and directory where all that they name is there, else by a scan. */
    static Contents rescue(FileSet files, int number, long memoryLimit) throws CziException {
        ByteSource source = files.source(number);
        FileHeader header = null;
        Optional<SubblockDirectory> known = Optional.empty();
        String reason;
        try {
            header = FileHeader.read(source);
            SubblockDirectory directory = readDirectory(source, header, memoryLimit);
            known = Optional.of(directory);
            reason = flaw(files, number, directory);
            if (reason == null) {
                return new Contents(header, directory, Optional.empty(), false, Optional.empty(), List.of(), List.of());
            }
        } catch (CziException e) {
            if (e.kind() == CziException.Kind.LIMIT) {
                throw e;
            }
            reason = e.getMessage();
        }
        Recovery recovery = Recovery.scan(source, memoryLimit, known);
        if (header == null && recovery.directory().size() == 0) {
            throw CziException.corrupt(source.name(), 0, "not a CZI file, and no subblock is in it: " + reason);
        }
        List<String> problems = new ArrayList<>();
        problems.add("the directory was made anew from the "
                + recovery.directory().size() + " subblocks that a scan of the file found, because " + reason);
        problems.addAll(recovery.problems());
        return new Contents(
                mended(source, header, recovery),
                recovery.directory(),
                Optional.of(recovery.attachments()),
                true,
                known,
                List.copyOf(problems),
                losses(files, number, header, known, recovery));
    }

    private static List<CziCopier.Loss> losses(
            FileSet files, int number, FileHeader header, Optional<SubblockDirectory> known, Recovery recovery) {
        ByteSource source = files.source(number);
        List<CziCopier.Loss> losses = new ArrayList<>();
        if (header != null
                && header.metadataPosition() != FileHeader.NONE
                && mended(source, header, recovery).metadataPosition() == FileHeader.NONE) {
            losses.add(new CziCopier.Loss(
                    "the metadata",
                    CziException.corrupt(source.name(), header.metadataPosition(), "no metadata is there")));
        }
        known.ifPresent(directory -> addLostSubblocks(files, number, directory, recovery.directory(), losses));
        if (header != null && header.attachmentDirectoryPosition() != FileHeader.NONE) {
            addLostAttachments(source, header.attachmentDirectoryPosition(), recovery, losses);
        }
        return List.copyOf(losses);
    }

    private static void addLostSubblocks(
            FileSet files, int number, SubblockDirectory known, SubblockDirectory found, List<CziCopier.Loss> losses) {
        long[] positions = new long[found.size()];
        for (int row = 0; row < positions.length; row++) {
            positions[row] = found.filePosition(row);
        }
        Arrays.sort(positions);
        for (int row = 0; row < known.size(); row++) {
            long position = known.filePosition(row);
            int part = known.filePart(row);
            if (!isElsewhere(files, number, part) && Arrays.binarySearch(positions, position) < 0) {
                CziException reason = part == number
                        ? CziException.corrupt(files.nameOf(number), position, "no subblock is there")
                        : files.missing(part, position, "the subblock");
                losses.add(new CziCopier.Loss(
                        "subblock " + row + " of the file's directory (" + known.coordinate(row) + " at " + known.x(row)
                                + "," + known.y(row) + ")",
                        reason));
            }
        }
    }

    private static void addLostAttachments(
            ByteSource source, long position, Recovery recovery, List<CziCopier.Loss> losses) {
        try {
            for (AttachmentEntry entry : AttachmentEntry.readAll(source, position, warning -> {})) {
                boolean isFound =
                        recovery.attachments().stream().anyMatch(found -> found.filePosition() == entry.filePosition());
                if (!isFound) {
                    losses.add(new CziCopier.Loss(
                            "attachment " + entry.name(),
                            CziException.corrupt(source.name(), entry.filePosition(), "no attachment is there")));
                }
            }
        } catch (CziException e) {
            losses.add(new CziCopier.Loss("the list of attachments", e));
        }
    }

    /** Whether a subblock lies in another file of the set, one that is there. */
    private static boolean isElsewhere(FileSet files, int number, int part) {
        return part != number && files.source(part) != null;
    }

    /** What speaks against a directory; null if nothing does. */
    private static String flaw(FileSet files, int number, SubblockDirectory directory) throws CziException {
        ByteSource source = files.source(number);
        if (directory.report().problemCount() > 0) {
            return directory.report().problems().get(0);
        }
        for (int row = 0; row < directory.size(); row++) {
            if (isElsewhere(files, number, directory.filePart(row))) {
                continue;
            }
            long position = directory.filePosition(row);
            boolean isInside = position >= 0 && position <= source.size() - Layout.SEGMENT_HEADER;
            if (!isInside || SegmentHeader.read(source, position).id() != SegmentId.SUBBLOCK) {
                return "subblock " + row + " is not at offset " + position;
            }
        }
        return null;
    }

    private static FileHeader mended(ByteSource source, FileHeader header, Recovery recovery) {
        FileHeader basis = header == null ? FileHeader.unknown() : header;
        try {
            MetadataSegment.read(source, basis.metadataPosition());
            return basis;
        } catch (CziException e) {
            return basis.withMetadataAt(recovery.metadataPosition());
        }
    }
}
