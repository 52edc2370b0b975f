package io.github.czi4j.bench;

import io.github.czi4j.CziReader;
import io.github.czi4j.bench.measure.PlaneChoice;
import io.github.czi4j.bench.measure.RegionChoice;
import io.github.czi4j.bench.peers.Peer;
import io.github.czi4j.bench.peers.PeerComparison;
import io.github.czi4j.bench.peers.PeerFinder;
import io.github.czi4j.bench.peers.PeerReport;
import io.github.czi4j.bench.peers.PeerResult;
import io.github.czi4j.bench.peers.PeerWork;
import io.github.czi4j.model.Rect;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Other readers on the same tiles. */
final class PeerOptions {
    private static final int PASSES = 6;
    /** Bounding boxes of tiles that are read one by one. */
    private static final int TILES = 25;

    @Option(
            names = "--peers",
            description =
                    "Compare with other readers: pylibCZIrw, aicspylibczi and czifile if a Python environment has "
                            + "them (czi-bench/peers/setup.sh makes one), Bio-Formats if its jar is given.")
    boolean wanted;

    @Option(
            names = "--python",
            paramLabel = "FOLDER",
            description = "The Python environment of --peers; that of setup.sh unless given.")
    private Path python;

    @Option(names = "--bioformats", paramLabel = "JAR", description = "bioformats_package.jar, for --peers.")
    private Path bioFormats;

    @Option(
            names = "--peer",
            paramLabel = "NAME=COMMAND",
            description = "One more reader: a command that speaks the protocol of docs/peers.md.")
    private Map<String, String> others = new LinkedHashMap<>();

    @Option(
            names = "--peer-threads",
            paramLabel = "N",
            split = ",",
            description = "With how many threads tiles are read; 1 unless given.")
    private List<Integer> threads = List.of(1);

    @Option(
            names = "--peer-passes",
            paramLabel = "N",
            description = "Counted passes of each reader; " + PASSES + " unless given.")
    private int passes = PASSES;

    /** Checks what can be checked before anything is measured. */
    void check() {
        if (passes < 1 || threads.stream().anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("--peer-passes and --peer-threads must be at least 1");
        }
    }

    /**
     * Compares: the region in one call, and the bounding boxes of some of its tiles one by one.
     *
     * @param coldStart drops the file from the page cache; null to measure with it there
     * @param pageCache what that came to, asked at the end: {@code warm}, {@code cold} or {@code partly}
     */
    PeerReport run(
            Path file,
            PlaneChoice plane,
            RegionChoice region,
            PeerComparison.BeforePass coldStart,
            Supplier<String> pageCache,
            DoubleConsumer progress)
            throws IOException {
        PeerWork.Place place;
        List<Rect> boxes = new ArrayList<>();
        try (CziReader reader = CziReader.open(file)) {
            place = PeerWork.Place.of(reader, plane.scene());
        }
        int count = region.plan().tiles().size();
        int step = Math.max(1, count / TILES);
        for (int i = 0; i < count && boxes.size() < TILES; i += step) {
            boxes.add(region.plan().tiles().get(i).subblock().logical());
        }
        List<PeerWork> works = new ArrayList<>();
        works.add(PeerWork.of("mosaic", plane, place, List.of(region.plan().region()), 1));
        for (int each : threads) {
            works.add(PeerWork.of("tiles", plane, place, boxes, each));
        }
        List<PeerResult> results = new ArrayList<>();
        try (PeerFinder finder = new PeerFinder(python)) {
            List<Peer> peers = new ArrayList<>(finder.find(bioFormats));
            others.forEach((name, command) ->
                    peers.add(Peer.of(name, List.of(command.strip().split("\\s+")))));
            PeerComparison comparison = new PeerComparison(file, peers, Map.of(), passes, coldStart);
            for (int i = 0; i < works.size(); i++) {
                int done = i;
                results.addAll(comparison.run(works.get(i), share -> progress.accept((done + share) / works.size())));
            }
        }
        return new PeerReport(pageCache.get(), results);
    }
}
