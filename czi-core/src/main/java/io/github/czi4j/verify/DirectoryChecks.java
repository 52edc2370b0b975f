package io.github.czi4j.verify;

import io.github.czi4j.index.Duplicates;
import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.index.SubblockLocator;
import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.Bounds;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import io.github.czi4j.verify.Finding.Severity;
import io.github.czi4j.zisraw.DirectoryEntry;
import io.github.czi4j.zisraw.FileSet;
import io.github.czi4j.zisraw.Layout;
import io.github.czi4j.zisraw.SubblockSegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the directory says of the subblocks, and whether they are there. Names of checks are those that labs know. */
final class DirectoryChecks {
    static final String ENTRIES = "directory";
    static final String IN_FILE = "subblksegmentsinfile";
    static final String VALID = "subblksegmentsvalid";
    static final String OVERLAPPING_SEGMENTS = "subblksegmentsdisjoint";
    static final String DIMENSIONS = "subblkdimconsistent";
    static final String UNIQUE = "subblkcoordsunique";
    static final String NO_BLOCKS = "benabled";
    static final String PIXEL_TYPE = "samepixeltypeperchannel";
    static final String START = "planesstartindex";
    static final String CONSECUTIVE = "consecutiveplaneindices";
    static final String TILE_NUMBER = "minallsubblks";
    static final String SCENES = "overlappingscenes";

    /** Of two scenes so many places at most are held against each other. */
    private static final int MAX_TILES = 3000;

    private final FileSet files;
    private final SubblockDirectory directory;
    private final Findings findings;

    DirectoryChecks(FileSet files, SubblockDirectory directory, Findings findings) {
        this.files = files;
        this.directory = directory;
        this.findings = findings;
    }

    void run() {
        checkEntries();
        checkSegments();
        checkDimensions();
        checkUnique();
        checkBlocks();
        checkPixelTypes();
        checkIndices();
        checkTileNumbers();
        checkScenes();
    }

    private void warn(String check, String message) {
        findings.add(Finding.of(Severity.WARNING, check, message));
    }

    private void checkEntries() {
        findings.begin(ENTRIES);
        directory.report().problems().forEach(problem -> findings.add(Finding.of(Severity.FATAL, ENTRIES, problem)));
        if (directory.report().missing() > 0) {
            findings.add(Finding.of(Severity.FATAL, ENTRIES, "the directory ends early")
                    .losing(directory.report().missing() + " subblocks"));
        }
        for (int row = 0; row < directory.size(); row++) {
            if (directory.isSound(row) && directory.pixelType(row) == PixelType.UNKNOWN) {
                findings.add(Finding.of(
                                Severity.FATAL,
                                ENTRIES,
                                "the pixel type " + directory.pixelTypeCode(row) + " is unknown")
                        .ofSubblock(row)
                        .losing("the pixels of the tile"));
            }
        }
    }

    /** Each subblock is read but for its payload. */
    private void checkSegments() {
        findings.begin(IN_FILE);
        findings.begin(VALID);
        findings.begin(OVERLAPPING_SEGMENTS);
        DirectoryEntry entry = new DirectoryEntry();
        SubblockLocator locator = new SubblockLocator(files, directory, false);
        Map<ByteSource, Segments> byFile = new LinkedHashMap<>();
        for (int row = 0; row < directory.size(); row++) {
            long position = directory.filePosition(row);
            ByteSource source = files.source(directory.filePart(row));
            if (source == null) {
                source = files.main();
            }
            findings.in(source == files.main() ? "" : source.name());
            if (position < 0 || position > source.size() - Layout.SEGMENT_HEADER) {
                findings.add(Finding.of(
                                Severity.FATAL,
                                IN_FILE,
                                "the subblock would begin behind the end of the file, which has " + source.size()
                                        + " bytes")
                        .at(position)
                        .ofSubblock(row)
                        .losing(tile(row)));
                continue;
            }
            try {
                SubblockLocator.Located located = locator.locate(row, entry);
                byFile.computeIfAbsent(located.source(), file -> new Segments()).add(located.segment());
                if (entry.remark() != null) {
                    findings.add(Finding.of(Severity.WARNING, VALID, "the entry inside the subblock: " + entry.remark())
                            .at(position)
                            .ofSubblock(row));
                } else if (!directory.agreesWith(row, entry)) {
                    findings.add(Finding.of(
                                    Severity.WARNING, VALID, "the directory and the entry inside the subblock differ")
                            .at(position)
                            .ofSubblock(row));
                }
            } catch (CziException e) {
                findings.add(Finding.of(Severity.FATAL, VALID, e.getMessage())
                        .at(position)
                        .ofSubblock(row)
                        .losing(tile(row)));
            }
        }
        byFile.forEach((source, segments) -> {
            findings.in(source == files.main() ? "" : source.name());
            checkDisjoint(segments);
        });
        findings.in("");
    }

    /** Where the segments of one file begin and end. */
    private static final class Segments {
        private long[] begins = new long[16];
        private long[] ends = new long[16];
        private int count;

        void add(SubblockSegment segment) {
            if (count == begins.length) {
                begins = Arrays.copyOf(begins, 2 * count);
                ends = Arrays.copyOf(ends, 2 * count);
            }
            begins[count] = segment.position();
            ends[count++] = segment.attachmentPosition() + segment.attachmentSize();
        }
    }

    private String tile(int row) {
        return "the tile " + directory.coordinate(row) + " at " + directory.x(row) + "," + directory.y(row);
    }

    private void checkDisjoint(Segments segments) {
        long[] sortedBegins = Arrays.copyOf(segments.begins, segments.count);
        long[] sortedEnds = Arrays.copyOf(segments.ends, segments.count);
        Arrays.sort(sortedBegins);
        Arrays.sort(sortedEnds);
        // Where segments are disjoint, the n-th end comes before the begin that is next.
        for (int i = 0; i + 1 < sortedBegins.length; i++) {
            if (sortedEnds[i] > sortedBegins[i + 1]) {
                findings.add(Finding.of(Severity.WARNING, OVERLAPPING_SEGMENTS, "two subblocks share bytes of the file")
                        .at(sortedBegins[i + 1]));
            }
        }
    }

    private void checkDimensions() {
        findings.begin(DIMENSIONS);
        Map<List<Dimension>, Integer> sets = new HashMap<>();
        for (int row = 0; row < directory.size(); row++) {
            if (isLayer0(row)) {
                List<Dimension> set = new ArrayList<>();
                for (Dimension dimension : Dimension.ofCoordinate()) {
                    if (directory.has(row, dimension)) {
                        set.add(dimension);
                    }
                }
                sets.putIfAbsent(set, row);
            }
        }
        if (sets.size() > 1) {
            warn(DIMENSIONS, "tiles of full resolution have different dimensions: " + sets.keySet());
        }
    }

    private boolean isLayer0(int row) {
        return directory.isSound(row)
                && directory.storedWidth(row) == directory.width(row)
                && directory.storedHeight(row) == directory.height(row);
    }

    private void checkUnique() {
        findings.begin(UNIQUE);
        boolean[] isSecond = Duplicates.olderOnes(directory, Optional.empty());
        for (int row = 0; row < isSecond.length; row++) {
            if (isSecond[row]) {
                findings.add(Finding.of(
                                Severity.FATAL, UNIQUE, "another subblock has the same indices, tile number and place")
                        .at(directory.filePosition(row))
                        .ofSubblock(row)
                        .losing(tile(row) + " lies under the other"));
            }
        }
    }

    private void checkBlocks() {
        findings.begin(NO_BLOCKS);
        if (directory.bounds().range(Dimension.B).isPresent()) {
            warn(NO_BLOCKS, "the deprecated dimension B is used");
        }
    }

    private void checkPixelTypes() {
        findings.begin(PIXEL_TYPE);
        Map<Integer, Map<String, Integer>> byChannel = new HashMap<>();
        for (int row = 0; row < directory.size(); row++) {
            int channel = directory.has(row, Dimension.C) ? directory.index(row, Dimension.C) : Integer.MIN_VALUE;
            byChannel
                    .computeIfAbsent(channel, c -> new HashMap<>())
                    .merge(directory.pixelType(row).label(), 1, Integer::sum);
        }
        byChannel.forEach((channel, types) -> {
            if (types.size() > 1) {
                warn(
                        PIXEL_TYPE,
                        (channel == Integer.MIN_VALUE ? "subblocks without C" : "channel " + channel)
                                + " has more than one pixel type: " + types.keySet());
            }
        });
    }

    private void checkIndices() {
        findings.begin(START);
        findings.begin(CONSECUTIVE);
        Map<Dimension, BitSet> used = new EnumMap<>(Dimension.class);
        Bounds bounds = directory.bounds();
        bounds.dimensions().forEach((dimension, range) -> {
            if (range.min() != 0) {
                warn(START, dimension + " begins with " + range.min() + ", not with 0");
            }
        });
        for (int row = 0; row < directory.size(); row++) {
            for (Dimension dimension : bounds.dimensions().keySet()) {
                if (directory.has(row, dimension)) {
                    long at = (long) directory.index(row, dimension)
                            - bounds.dimensions().get(dimension).min();
                    // A set of bits for indices far apart would be larger than the file: that is a gap anyhow.
                    if (at <= directory.size()) {
                        used.computeIfAbsent(dimension, d -> new BitSet()).set((int) at);
                    }
                }
            }
        }
        bounds.dimensions().forEach((dimension, range) -> {
            BitSet bits = used.getOrDefault(dimension, new BitSet());
            int gap = bits.nextClearBit(0);
            if (gap < range.size()) {
                warn(CONSECUTIVE, dimension + " has no subblock with " + (range.min() + gap) + ", but later ones");
            }
        });
    }

    private void checkTileNumbers() {
        findings.begin(TILE_NUMBER);
        int without = 0;
        int first = -1;
        for (int row = 0; row < directory.size(); row++) {
            if (isLayer0(row) && directory.mOrLowest(row) == Long.MIN_VALUE) {
                first = first < 0 ? row : first;
                without++;
            }
        }
        if (without > 0) {
            findings.add(Finding.of(Severity.WARNING, TILE_NUMBER, without + " tiles of full resolution have no M")
                    .ofSubblock(first));
        }
    }

    private void checkScenes() {
        findings.begin(SCENES);
        List<Bounds.SceneBounds> scenes =
                new ArrayList<>(directory.bounds().scenes().values());
        scenes.sort(Comparator.comparingInt(scene -> scene.layer0().x()));
        for (int i = 0; i < scenes.size(); i++) {
            Rect left = scenes.get(i).layer0();
            for (int j = i + 1; j < scenes.size() && scenes.get(j).layer0().x() < left.right(); j++) {
                Rect common = left.intersection(scenes.get(j).layer0());
                if (!common.isEmpty()
                        && haveOverlappingTiles(
                                scenes.get(i).index(), scenes.get(j).index(), common)) {
                    warn(
                            SCENES,
                            "tiles of the scenes " + scenes.get(i).index() + " and "
                                    + scenes.get(j).index() + " overlap in " + common);
                }
            }
        }
    }

    private boolean haveOverlappingTiles(int scene, int other, Rect common) {
        List<Rect> tiles = tiles(scene, common);
        List<Rect> others = tiles(other, common);
        // Distinct places only, so that a long time series counts once.
        return tiles.stream().anyMatch(tile -> others.stream().anyMatch(tile::intersects));
    }

    private List<Rect> tiles(int scene, Rect region) {
        Set<Rect> tiles = new LinkedHashSet<>();
        for (int row = 0; row < directory.size() && tiles.size() < MAX_TILES; row++) {
            if (isLayer0(row) && directory.has(row, Dimension.S) && directory.index(row, Dimension.S) == scene) {
                Rect tile = new Rect(directory.x(row), directory.y(row), directory.width(row), directory.height(row));
                if (tile.intersects(region)) {
                    tiles.add(tile);
                }
            }
        }
        return List.copyOf(tiles);
    }
}
