package io.github.czi4j.verify;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.CziException;
import io.github.czi4j.verify.Finding.Severity;
import io.github.czi4j.zisraw.AttachmentEntry;
import io.github.czi4j.zisraw.AttachmentSegment;
import io.github.czi4j.zisraw.FileHeader;
import io.github.czi4j.zisraw.MetadataSegment;
import io.github.czi4j.zisraw.SegmentHeader;
import io.github.czi4j.zisraw.SegmentId;
import io.github.czi4j.zisraw.SegmentScan;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Segments, header and attachments (sheet §1, §6, §9.2). */
final class StructureChecks {
    static final String SEGMENTS = "segments";
    static final String HEADER = "fileheader";
    static final String ATTACHMENTS = "attachments";

    private final ByteSource source;
    private final Findings findings;

    StructureChecks(ByteSource source, Findings findings) {
        this.source = source;
        this.findings = findings;
    }

    /** Follows the segments from the first to the last; their numbers by kind. */
    Map<SegmentId, Integer> checkSegments() throws CziException {
        findings.begin(SEGMENTS);
        Map<SegmentId, Integer> counts = new EnumMap<>(SegmentId.class);
        SegmentScan.run(source, new SegmentScan.Sink() {
            @Override
            public void segment(SegmentHeader header) {
                counts.merge(header.id(), 1, Integer::sum);
                if (header.usedSize() > header.allocatedSize()) {
                    findings.add(Finding.of(
                                    Severity.WARNING,
                                    SEGMENTS,
                                    "the segment " + header.describeName() + " says that it uses " + header.usedSize()
                                            + " of " + header.allocatedSize() + " bytes")
                            .at(header.position()));
                }
            }

            @Override
            public void gap(long from, long to) {
                findings.add(Finding.of(
                                Severity.WARNING,
                                SEGMENTS,
                                "no segment is in the " + (to - from) + " bytes from here on")
                        .at(from));
            }
        });
        return counts;
    }

    void checkHeader(FileHeader header) {
        findings.begin(HEADER);
        if (header.majorVersion() != 1) {
            findings.add(Finding.of(
                    Severity.WARNING,
                    HEADER,
                    "version " + header.majorVersion() + "." + header.minorVersion() + ", where 1.0 is known"));
        }
        if (header.updatePending()) {
            findings.add(
                    Finding.of(Severity.WARNING, HEADER, "a writer has not finished with this file (UpdatePending)"));
        }
        if (header.filePart() == 0 && !header.primaryFileGuid().equals(header.fileGuid())) {
            findings.add(Finding.of(Severity.INFO, HEADER, "the first part names another file as the first part"));
        }
        if (header.metadataPosition() == FileHeader.NONE && header.filePart() > 0) {
            return;
        }
        if (header.metadataPosition() == FileHeader.NONE) {
            findings.add(Finding.of(Severity.WARNING, HEADER, "there is no metadata")
                    .losing("pixel size, channel names and all other metadata"));
            return;
        }
        try {
            MetadataSegment.read(source, header.metadataPosition());
        } catch (CziException e) {
            findings.add(Finding.of(Severity.FATAL, HEADER, e.getMessage())
                    .at(header.metadataPosition())
                    .losing("the metadata"));
        }
    }

    void checkAttachments(FileHeader header) {
        findings.begin(ATTACHMENTS);
        if (header.attachmentDirectoryPosition() == FileHeader.NONE) {
            return;
        }
        List<AttachmentEntry> entries;
        try {
            entries = AttachmentEntry.readAll(
                    source,
                    header.attachmentDirectoryPosition(),
                    warning -> findings.add(Finding.of(Severity.WARNING, ATTACHMENTS, warning)
                            .at(header.attachmentDirectoryPosition())
                            .losing("attachments, if there were any")));
        } catch (CziException e) {
            findings.add(Finding.of(Severity.FATAL, ATTACHMENTS, e.getMessage())
                    .at(header.attachmentDirectoryPosition())
                    .losing("the list of attachments"));
            return;
        }
        for (AttachmentEntry entry : entries) {
            try {
                AttachmentSegment.read(source, entry.filePosition());
            } catch (CziException e) {
                findings.add(Finding.of(Severity.FATAL, ATTACHMENTS, e.getMessage())
                        .at(entry.filePosition())
                        .losing("the attachment " + entry.name()));
            }
        }
    }
}
