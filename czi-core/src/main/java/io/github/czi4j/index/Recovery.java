package io.github.czi4j.index;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.CziException;
import io.github.czi4j.zisraw.AttachmentEntry;
import io.github.czi4j.zisraw.AttachmentSegment;
import io.github.czi4j.zisraw.DirectoryEntry;
import io.github.czi4j.zisraw.FileHeader;
import io.github.czi4j.zisraw.MetadataSegment;
import io.github.czi4j.zisraw.SegmentHeader;
import io.github.czi4j.zisraw.SegmentScan;
import io.github.czi4j.zisraw.SubblockSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a file holds by its segments, where its directories are of no use (sheet §9.3).
 *
 * @param directory the subblocks, in the order of the file
 * @param metadataPosition offset of the last metadata segment, {@link FileHeader#NONE} if there is none
 * @param attachments by the entries inside their segments
 * @param problems what was odd, in words, with offsets; the first of them
 */
public record Recovery(
        SubblockDirectory directory, long metadataPosition, List<AttachmentEntry> attachments, List<String> problems) {

    /**
     * Scans a file.
     *
     * @param source the file
     * @param memoryLimit bytes that the directory may take
     * @param known what could be read of the file's own directory, if anything: where two subblocks have one place and
     *     indices, the one that it names is meant
     * @return what was found
     * @throws CziException if the storage fails or the directory needs more memory
     */
    public static Recovery scan(ByteSource source, long memoryLimit, Optional<SubblockDirectory> known)
            throws CziException {
        Scan scan = new Scan(source, memoryLimit);
        SegmentScan.run(source, scan);
        return scan.finish(known);
    }

    private static final class Scan implements SegmentScan.Sink {
        private final ByteSource source;
        private final long memoryLimit;
        private final DirectoryBuilder builder;
        private final DirectoryEntry entry = new DirectoryEntry();
        private final List<String> problems = new ArrayList<>();
        private final List<AttachmentEntry> attachments = new ArrayList<>();
        private int problemCount;
        private long metadataPosition = FileHeader.NONE;
        /** Where a file inside this one begins, as long as its segments come; 0 if none does. */
        private long embeddedAt;

        Scan(ByteSource source, long memoryLimit) {
            this.source = source;
            this.memoryLimit = memoryLimit;
            this.builder = new DirectoryBuilder(source, memoryLimit);
        }

        @Override
        public void gap(long from, long to) {
            report("no segment is in the " + (to - from) + " bytes from offset " + from + " on");
        }

        private void report(String problem) {
            problemCount++;
            if (problems.size() < DirectoryReport.MAX_PROBLEMS) {
                problems.add(problem);
            }
        }

        @Override
        public void segment(SegmentHeader header) throws CziException {
            switch (header.id()) {
                case FILE -> embeddedAt = header.position();
                case SUBBLOCK -> subblock(header.position());
                case METADATA -> metadata(header.position());
                case ATTACHMENT -> attachment(header.position());
                default -> {
                    // Directories are what is being made anew, and deleted segments mean nothing.
                }
            }
        }

        private void subblock(long position) throws CziException {
            SubblockSegment subblock;
            try {
                subblock = SubblockSegment.readCut(source, position, entry);
            } catch (CziException e) {
                report("the subblock at offset " + position + " is lost: " + e.getMessage());
                return;
            }
            if (embeddedAt > 0) {
                if (entry.filePosition() != position && entry.filePosition() == position - embeddedAt) {
                    return;
                }
                embeddedAt = 0;
            }
            if (subblock.missing() > 0) {
                report("the subblock at offset " + position + " is cut off: " + subblock.missing()
                        + " of its bytes are behind the end of the file");
            }
            if (entry.remark() != null) {
                report("the subblock at offset " + position + ": " + entry.remark());
            }
            builder.addAt(entry, position);
        }

        private void metadata(long position) {
            if (embeddedAt > 0) {
                return;
            }
            try {
                MetadataSegment.read(source, position);
                metadataPosition = position;
            } catch (CziException e) {
                report("the metadata at offset " + position + " is lost: " + e.getMessage());
            }
        }

        private void attachment(long position) {
            if (embeddedAt > 0) {
                return;
            }
            try {
                AttachmentSegment.read(source, position);
                attachments.add(AttachmentEntry.readCopy(source, position));
            } catch (CziException e) {
                report("the attachment at offset " + position + " is lost: " + e.getMessage());
            }
        }

        Recovery finish(Optional<SubblockDirectory> known) throws CziException {
            SubblockDirectory all = builder.build();
            boolean[] isDropped = Duplicates.olderOnes(all, known);
            int dropped = 0;
            for (boolean drop : isDropped) {
                dropped += drop ? 1 : 0;
            }
            if (dropped > 0) {
                report(dropped + " subblocks are older ones of the same place and indices: left out");
                all = withoutDropped(all, isDropped);
            }
            if (problemCount > problems.size()) {
                problems.add("and " + (problemCount - problems.size()) + " more problems of segments");
            }
            return new Recovery(all, metadataPosition, List.copyOf(attachments), List.copyOf(problems));
        }

        private SubblockDirectory withoutDropped(SubblockDirectory all, boolean[] isDropped) throws CziException {
            DirectoryBuilder kept = new DirectoryBuilder(source, memoryLimit);
            for (int row = 0; row < all.size(); row++) {
                if (!isDropped[row]) {
                    SubblockSegment.readCut(source, all.filePosition(row), entry);
                    kept.addAt(entry, all.filePosition(row));
                }
            }
            return kept.build();
        }
    }
}
