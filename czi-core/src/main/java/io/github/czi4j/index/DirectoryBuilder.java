package io.github.czi4j.index;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.zisraw.DirectoryEntry;
import io.github.czi4j.zisraw.DirectorySegment;
import io.github.czi4j.zisraw.SubblockSegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns entries into the columns of a {@link SubblockDirectory}. */
final class DirectoryBuilder implements DirectorySegment.Sink {
    /** What is reserved on the word of the directory; more comes only as entries really do. */
    private static final int MAX_FIRST_CAPACITY = 1 << 20;
    /** Most that the columns take for a subblock, all of them at full width. */
    private static final long MAX_ROW_BYTES = 4 + 4 + 8 + 4L * (6 + Dimension.COORDINATE_COUNT);

    final KindTable kinds = new KindTable();
    final IntColumn kind = new IntColumn();
    final IntColumn width = new IntColumn();
    final IntColumn height = new IntColumn();
    final IntColumn storedWidth = new IntColumn();
    final IntColumn storedHeight = new IntColumn();
    final IntColumn m = new IntColumn();
    final IntColumn[] coordinate = new IntColumn[Dimension.COORDINATE_COUNT];
    int[] x = new int[0];
    int[] y = new int[0];
    long[] filePosition = new long[0];
    int size;
    int unsoundCount;

    private final ByteSource source;
    private final long memoryLimit;
    private final List<String> problems = new ArrayList<>();
    private DirectoryEntry copy;
    private int problemCount;
    private int announced;
    private int missing;

    DirectoryBuilder(ByteSource source, long memoryLimit) {
        this.source = source;
        this.memoryLimit = memoryLimit;
        for (int i = 0; i < coordinate.length; i++) {
            coordinate[i] = new IntColumn();
        }
    }

    @Override
    public void expect(int count) {
        announced = count;
        int capacity = Math.min(count, MAX_FIRST_CAPACITY);
        x = new int[capacity];
        y = new int[capacity];
        filePosition = new long[capacity];
    }

    @Override
    public void accept(DirectoryEntry entry, long offset) throws CziException {
        if (entry.remark() == null) {
            add(entry);
            return;
        }
        // A writer that overwrites the tail of the directory leaves the entry's copy in its subblock intact
        // (sheet §9.2, row 20).
        if (copyInSubblock(entry.filePosition())) {
            report("directory entry " + size + " at offset " + offset + " is damaged and was taken from its subblock: "
                    + entry.remark());
            add(copy);
        } else {
            report("directory entry " + size + " at offset " + offset + ": " + entry.remark());
            add(entry);
        }
    }

    private boolean copyInSubblock(long position) {
        if (copy == null) {
            copy = new DirectoryEntry();
        }
        try {
            SubblockSegment.read(source, position, copy);
        } catch (CziException e) {
            return false;
        }
        return copy.remark() == null && copy.filePosition() == position;
    }

    private void report(String problem) {
        problemCount++;
        if (problems.size() < DirectoryReport.MAX_PROBLEMS) {
            problems.add(problem);
        }
    }

    @Override
    public void broken(long offset, String problem, int missingEntries) {
        missing = missingEntries;
        report("the directory is damaged at offset " + offset + ", " + missingEntries
                + " subblocks are lost from entry " + size + " on: " + problem);
    }

    private void add(DirectoryEntry entry) throws CziException {
        addAt(entry, entry.filePosition());
    }

    /** Adds a subblock that is at an offset, whatever its entry says of that. */
    void addAt(DirectoryEntry entry, long position) throws CziException {
        if (size == x.length) {
            grow();
        }
        x[size] = entry.x();
        y[size] = entry.y();
        filePosition[size] = position;
        size++;
        width.add(entry.width());
        height.add(entry.height());
        storedWidth.add(entry.storedWidth());
        storedHeight.add(entry.storedHeight());
        m.add(entry.hasM() ? entry.m() : 0);
        if (!entry.hasGeometry()) {
            unsoundCount++;
        }
        int mask = entry.coordinateMask();
        for (int slot = 0; slot < Dimension.COORDINATE_COUNT; slot++) {
            coordinate[slot].add((mask >>> slot & 1) != 0 ? entry.start(slot) : 0);
        }
        kind.add(kinds.numberOf(
                mask,
                entry.hasM(),
                entry.hasGeometry(),
                entry.pixelType(),
                entry.compression(),
                entry.pyramidType(),
                entry.filePart(),
                entry.extents(),
                entry.otherDimensions()));
    }

    /** Adds a subblock of another directory, in a file of a set. */
    void addRow(SubblockDirectory from, int row, int part) throws CziException {
        if (size == x.length) {
            grow();
        }
        x[size] = from.x(row);
        y[size] = from.y(row);
        filePosition[size] = from.filePosition(row);
        size++;
        width.add(from.width(row));
        height.add(from.height(row));
        storedWidth.add(from.storedWidth(row));
        storedHeight.add(from.storedHeight(row));
        boolean hasM = from.mOrLowest(row) != Long.MIN_VALUE;
        m.add(hasM ? (int) from.mOrLowest(row) : 0);
        boolean isSound = from.isSound(row);
        if (!isSound) {
            unsoundCount++;
        }
        for (Dimension dimension : Dimension.ofCoordinate()) {
            coordinate[dimension.ordinal()].add(from.has(row, dimension) ? from.index(row, dimension) : 0);
        }
        kind.add(kinds.numberOf(
                from.coordinateMask(row),
                hasM,
                isSound,
                from.pixelTypeCode(row),
                from.compressionCode(row),
                from.pyramidType(row),
                part,
                from.extents(row),
                from.otherDimensions(row)));
    }

    private void grow() throws CziException {
        int capacity = IndexMath.grownCapacity(size);
        if (capacity * MAX_ROW_BYTES > memoryLimit) {
            throw CziException.limit(
                    source.name(),
                    "the directory of " + announced + " subblocks needs up to " + capacity * MAX_ROW_BYTES
                            + " bytes, but the memory limit is " + memoryLimit);
        }
        x = Arrays.copyOf(x, capacity);
        y = Arrays.copyOf(y, capacity);
        filePosition = Arrays.copyOf(filePosition, capacity);
    }

    SubblockDirectory build() {
        return build(new DirectoryReport(announced, missing, List.copyOf(problems), problemCount));
    }

    SubblockDirectory build(DirectoryReport report) {
        if (x.length != size) {
            x = Arrays.copyOf(x, size);
            y = Arrays.copyOf(y, size);
            filePosition = Arrays.copyOf(filePosition, size);
        }
        for (IntColumn column : List.of(width, height, storedWidth, storedHeight, m, kind)) {
            column.trim();
        }
        for (IntColumn column : coordinate) {
            column.trim();
        }
        return new SubblockDirectory(this, report);
    }
}
