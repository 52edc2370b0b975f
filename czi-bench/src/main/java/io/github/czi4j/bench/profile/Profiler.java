package io.github.czi4j.bench.profile;

import com.sun.management.OperatingSystemMXBean;
import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.Mosaic;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.bench.measure.PlaneChoice;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.metadata.DocumentMetadata;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.Parallelism;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Loads tiles on one thread, again and again from opening to closing, until a pass is no longer clearly faster than the
 * one before. The profiler's own work, choosing the tiles and estimating, is not on the clock.
 */
public final class Profiler {
    /** What {@link #run} counts its progress in. */
    public static final int PROGRESS = 1000;

    private static final int MIN_PASSES = 3;
    private static final double STEADY = 0.05;

    private final Path file;
    private final FileByteSource.Mode io;
    private final Integer channel;
    private final Integer scene;
    private final int maxTiles;
    private final long leastNanos;
    private final long capNanos;
    private PlaneChoice plane;
    private TileSample sample;
    private int failures;

    /**
     * Prepares a profile.
     *
     * @param file the file
     * @param io how it is read
     * @param channel index of the channel, or null for the lowest
     * @param scene index of the scene, or null for all
     * @param maxTiles most tiles to load, at least 1
     * @param least time below which passes are repeated, even if they are steady
     * @param cap when to begin no further pass; two are made all the same
     */
    public Profiler(
            Path file,
            FileByteSource.Mode io,
            Integer channel,
            Integer scene,
            int maxTiles,
            Duration least,
            Duration cap) {
        if (maxTiles < 1) {
            throw new IllegalArgumentException("at least one tile is needed, not " + maxTiles);
        }
        this.file = file;
        this.io = io;
        this.channel = channel;
        this.scene = scene;
        this.maxTiles = maxTiles;
        this.leastNanos = least.toNanos();
        this.capNanos = cap.toNanos();
    }

    /**
     * Profiles.
     *
     * @param progress is told how far it is, of {@link #PROGRESS}; never to the end, for it is not known before
     * @return the profile
     * @throws CziException if the file cannot be read, or none of its tiles
     */
    public Profile run(IntConsumer progress) throws CziException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        List<Pass> passes = new ArrayList<>();
        long begun = System.nanoTime();
        boolean isSteady = false;
        long processCpu = 0;
        long passed = 0;
        while (!isSteady && (passes.size() < 2 || passed < capNanos)) {
            long cpu = system.getProcessCpuTime();
            Pass pass = pass();
            processCpu = system.getProcessCpuTime() - cpu;
            passed = System.nanoTime() - begun;
            passes.add(pass);
            isSteady = passes.size() >= MIN_PASSES
                    && passed >= leastNanos
                    && pass.wallNanos()
                            >= (1 - STEADY) * passes.get(passes.size() - 2).wallNanos();
            double share = Math.min((double) passes.size() / MIN_PASSES, (double) passed / Math.max(1, leastNanos));
            progress.accept((int) (PROGRESS * Math.min(0.99, share)));
        }
        Pass last = passes.get(passes.size() - 1);
        try (CziReader reader = CziReader.open(file, CziOptions.defaults())) {
            return new Profile(
                    plane,
                    sample,
                    io,
                    List.copyOf(passes),
                    isSteady,
                    processCpu / 1e9,
                    Profile.byIndex(last.tiles().stream()
                            .map(tile -> reader.subblockInfo(tile.subblock()))
                            .toList()),
                    failures,
                    last.tiles().isEmpty() ? null : Estimate.of(reader, last));
        }
    }

    private Pass pass() throws CziException {
        StageClock clock = new StageClock();
        CziOptions options = CziOptions.defaults()
                .io(io)
                .parallelism(Parallelism.sequential())
                .listener(clock);
        clock.resume();
        try (CziReader reader = CziReader.open(file, options)) {
            readMetadata(reader, clock);
            clock.span(ProfileStage.BOUNDS, reader::bounds);
            if (plane == null) {
                clock.pause();
                plane = PlaneChoice.of(reader, channel, scene);
                clock.resume();
            }
            prepareIndex(reader);
            if (sample == null) {
                clock.pause();
                sample = TileSample.of(
                        reader, plane, maxTiles, Runtime.getRuntime().maxMemory() / 2);
                clock.resume();
            }
            failures = 0;
            int decoded = 0;
            CziException reason = null;
            for (MosaicRequest request : sample.requests()) {
                Mosaic mosaic = reader.readMosaic(request);
                decoded += mosaic.decodedCount();
                failures += mosaic.failures().size();
                reason = mosaic.failures().isEmpty()
                        ? reason
                        : mosaic.failures().get(0).reason();
            }
            if (decoded == 0 && reason != null) {
                throw reason;
            }
            clock.span(ProfileStage.FINALISE, reader::close);
        }
        clock.pause();
        return clock.result();
    }

    private static void readMetadata(CziReader reader, StageClock clock) throws CziException {
        String xml;
        try {
            xml = reader.metadataXml();
        } catch (CziException e) {
            // Tiles can be loaded without it, and info is the command that complains of damage.
            return;
        }
        clock.span(ProfileStage.METADATA, () -> DocumentMetadata.parse(xml));
    }

    private void prepareIndex(CziReader reader) {
        for (int i = 0; i < reader.planeCount(); i++) {
            if (matches(reader.plane(i))) {
                reader.prepareIndex(i);
                return;
            }
        }
    }

    private boolean matches(Coordinate candidate) {
        for (Dimension dimension : Dimension.ofCoordinate()) {
            if (plane.plane().has(dimension)
                    && !(candidate.has(dimension)
                            && candidate.get(dimension) == plane.plane().get(dimension))) {
                return false;
            }
        }
        return true;
    }
}
