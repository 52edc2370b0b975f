package io.github.czi4j.index;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.CziException;
import io.github.czi4j.zisraw.DirectoryEntry;
import io.github.czi4j.zisraw.FileSet;
import io.github.czi4j.zisraw.SubblockSegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The directories of all files of a set as one (sheet §1.1). Whether the first file lists the subblocks of the others, or
 * each its own, is not laid down: what several of them list counts once.
 */
public final class DirectoryUnion {
    private static final long[] NONE = {};

    /** Which subblocks of a directory count, and how far their file numbers are believed. */
    public enum Rows {
        /** All, as the file lists them. */
        LISTED,
        /** All; a scan found them in this file, whatever they say. */
        SCANNED,
        /** Only those that the file lists as being in other files that are there. */
        LISTED_ELSEWHERE
    }

    /**
     * The directory of one file of a set.
     *
     * @param number of the file
     * @param directory its own directory
     * @param rows what counts of it
     */
    public record Member(int number, SubblockDirectory directory, Rows rows) {}

    private final FileSet files;
    private final DirectoryBuilder builder;
    private final DirectoryEntry entry = new DirectoryEntry();
    /** By number of the file, sorted. */
    private final Map<Integer, long[]> listed = new HashMap<>();

    private DirectoryUnion(FileSet files, long memoryLimit) {
        this.files = files;
        this.builder = new DirectoryBuilder(files.main(), memoryLimit);
    }

    /**
     * Joins directories.
     *
     * @param files the set
     * @param members that of the first file first
     * @param memoryLimit bytes that the columns may take
     * @return one directory, in which each subblock has the number of its file
     * @throws CziException if the storage fails, or the directory needs more memory
     */
    public static SubblockDirectory of(FileSet files, List<Member> members, long memoryLimit) throws CziException {
        DirectoryUnion union = new DirectoryUnion(files, memoryLimit);
        List<String> problems = new ArrayList<>();
        int problemCount = 0;
        int missing = 0;
        for (Member member : members) {
            union.add(member);
            if (member.rows == Rows.LISTED_ELSEWHERE) {
                continue;
            }
            DirectoryReport report = member.directory.report();
            problemCount += report.problemCount();
            missing += report.missing();
            boolean isMain = member == members.get(0);
            String name = isMain ? "" : files.nameOf(member.number) + ": ";
            report.problems().stream()
                    .limit(DirectoryReport.MAX_PROBLEMS - problems.size())
                    .forEach(problem -> problems.add(name + problem));
        }
        int announced = union.builder.size + missing;
        return union.builder.build(new DirectoryReport(announced, missing, List.copyOf(problems), problemCount));
    }

    private void add(Member member) throws CziException {
        int first = builder.size;
        SubblockDirectory directory = member.directory;
        int[] parts = new int[directory.size()];
        int added = 0;
        for (int row = 0; row < directory.size(); row++) {
            int named = directory.filePart(row);
            boolean isElsewhere = named != member.number && files.source(named) != null;
            if (member.rows == Rows.LISTED_ELSEWHERE && !isElsewhere) {
                continue;
            }
            int part = member.rows == Rows.SCANNED ? member.number : part(member, row);
            if (Arrays.binarySearch(listed.getOrDefault(part, NONE), directory.filePosition(row)) < 0) {
                builder.addRow(directory, row, part);
                parts[added++] = part;
            }
        }
        remember(parts, added, first);
    }

    /** In one pass, since a hostile directory may name as many files as it has entries. */
    private void remember(int[] parts, int count, int first) {
        Map<Integer, LongStream.Builder> added = new HashMap<>();
        for (int i = 0; i < count; i++) {
            added.computeIfAbsent(parts[i], part -> LongStream.builder()).add(builder.filePosition[first + i]);
        }
        added.forEach((part, positions) -> listed.merge(
                part,
                positions.build().sorted().toArray(),
                (a, b) -> LongStream.concat(LongStream.of(a), LongStream.of(b))
                        .sorted()
                        .toArray()));
    }

    /**
     * The file that a subblock lies in. A follow-up file whose own subblocks name another file may just not have been told
     * its number, and the other file may have a subblock at the same offset: what is there decides.
     */
    private int part(Member member, int row) throws CziException {
        int named = member.directory.filePart(row);
        if (named == member.number || member.number == files.mainNumber()) {
            return named;
        }
        if (isAt(files.source(named), member.directory, row)) {
            return named;
        }
        boolean mayBeHere = files.source(named) != null || isAt(files.source(member.number), member.directory, row);
        return mayBeHere ? member.number : named;
    }

    private boolean isAt(ByteSource source, SubblockDirectory directory, int row) throws CziException {
        if (source == null) {
            return false;
        }
        try {
            SubblockSegment.readCut(source, directory.filePosition(row), entry);
            return entry.problem() == null && directory.agreesWith(row, entry);
        } catch (CziException e) {
            if (e.kind() == CziException.Kind.IO) {
                throw e;
            }
            return false;
        }
    }
}
