package io.github.czi4j.bench.profile;

import com.sun.management.OperatingSystemMXBean;
import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.Mosaic;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.bench.measure.Opener;
import io.github.czi4j.bench.measure.PlaneChoice;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.metadata.DocumentMetadata;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelType;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Loads tiles, again and again from opening to closing, until a pass is no longer clearly faster than the one before. The
 * profiler's own work, choosing the tiles and estimating, is not on the clock. With several threads, a mosaic is composed
 * by all of them, and of tiles that are loaded one by one each thread takes the next.
 */
public final class Profiler {
    /** What {@link #run} counts its progress in. */
    public static final int PROGRESS = 1000;

    private static final int MIN_PASSES = 3;
    private static final double STEADY = 0.05;

    private final Opener opener;
    private final FileByteSource.Mode io;
    private final Integer channel;
    private final Integer scene;
    private final Profile.Method method;
    private PlaneChoice plane;
    private TileSample sample;
    private volatile boolean stopped;

    /**
     * Prepares a profile of a file.
     *
     * @param file the file
     * @param io how it is read
     * @param channel index of the channel, or null for the lowest
     * @param scene index of the scene, or null for all
     * @param method how to measure
     */
    public Profiler(Path file, FileByteSource.Mode io, Integer channel, Integer scene, Profile.Method method) {
        this(Opener.of(file), io, channel, scene, method);
    }

    /**
     * Prepares a profile of storage of the caller's.
     *
     * @param opener opens it
     * @param io how it is read, for the report and, of files, for the reader
     * @param channel index of the channel, or null for the lowest
     * @param scene index of the scene, or null for all
     * @param method how to measure
     */
    public Profiler(Opener opener, FileByteSource.Mode io, Integer channel, Integer scene, Profile.Method method) {
        this.opener = opener;
        this.io = io;
        this.channel = channel;
        this.scene = scene;
        this.method = method;
    }

    /** What came of the mosaics of a pass. Thread-safe. */
    private static final class Outcome {
        private final AtomicInteger decoded = new AtomicInteger();
        private final AtomicInteger failures = new AtomicInteger();
        private final AtomicReference<CziException> reason = new AtomicReference<>();

        void add(Mosaic mosaic) {
            decoded.addAndGet(mosaic.decodedCount());
            failures.addAndGet(mosaic.failures().size());
            if (!mosaic.failures().isEmpty()) {
                reason.compareAndSet(null, mosaic.failures().get(0).reason());
            }
        }
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
        List<Long> processCpu = new ArrayList<>();
        List<Long> collecting = new ArrayList<>();
        long passed = 0;
        int failures = 0;
        try (StageClock clock = new StageClock(method.threads())) {
            while (!isSteady
                    && !(stopped && !passes.isEmpty())
                    && (passes.size() < 2 || passed < method.cap().toNanos())) {
                long cpu = system.getProcessCpuTime();
                long gc = collectionMillis();
                Outcome outcome = new Outcome();
                Pass pass = pass(clock, outcome);
                failures = outcome.failures.get();
                processCpu.add(system.getProcessCpuTime() - cpu);
                collecting.add(collectionMillis() - gc);
                passed = System.nanoTime() - begun;
                passes.add(pass);
                long least = method.least().toNanos();
                isSteady = passes.size() >= MIN_PASSES
                        && passed >= least
                        && pass.elapsedNanos()
                                >= (1 - STEADY) * passes.get(passes.size() - 2).elapsedNanos();
                double share = Math.min((double) passes.size() / MIN_PASSES, (double) passed / Math.max(1, least));
                progress.accept((int) (PROGRESS * Math.min(0.99, share)));
            }
        }
        int typical = Profile.typicalIndex(passes);
        Pass pass = passes.get(typical);
        try (CziReader reader = opener.open(CziOptions.defaults().io(io))) {
            return new Profile(
                    plane,
                    sample,
                    io,
                    method,
                    List.copyOf(passes),
                    isSteady,
                    processCpu.get(typical) / 1e9,
                    collecting.get(typical) / 1e3,
                    Profile.byIndex(pass.tiles().stream()
                            .map(tile -> reader.subblockInfo(tile.subblock()))
                            .toList()),
                    failures,
                    pass.tiles().isEmpty() ? null : Estimate.of(reader, pass));
        }
    }

    /** Ends the profile with the pass that is under way; for other threads to call. */
    public void stop() {
        stopped = true;
    }

    private static long collectionMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .filter(millis -> millis > 0)
                .sum();
    }

    private Pass pass(StageClock clock, Outcome outcome) throws CziException {
        CziOptions options = CziOptions.defaults()
                .io(io)
                .parallelism(method.threads() == 1 ? Parallelism.sequential() : Parallelism.threads(method.threads()))
                .listener(clock);
        clock.begin();
        clock.resume();
        Pass pass;
        try (CziReader reader = opener.open(options)) {
            readMetadata(reader, clock);
            clock.span(ProfileStage.BOUNDS, reader::bounds);
            if (plane == null) {
                clock.pause();
                plane = PlaneChoice.of(reader, channel, scene);
                clock.resume();
            }
            prepareIndex(reader);
            boolean isFirst = sample == null;
            if (isFirst) {
                clock.pause();
                sample = TileSample.of(
                        reader,
                        plane,
                        channel,
                        method.maxTiles(),
                        Runtime.getRuntime().maxMemory() / 2);
                clock.resume();
            }
            List<MosaicRequest> loaded = load(reader, clock, outcome, isFirst);
            if (outcome.decoded.get() == 0 && outcome.reason.get() != null) {
                throw outcome.reason.get();
            }
            clock.span(ProfileStage.FINALISE, reader::close);
            clock.pause();
            if (loaded.size() < sample.requests().size()) {
                sample = shortened(loaded);
            }
            pass = clock.result(new Names(reader, sample.pixelType()));
        }
        return pass;
    }

    private TileSample shortened(List<MosaicRequest> loaded) throws CziException {
        try (CziReader reader = opener.open(CziOptions.defaults().io(io))) {
            return sample.only(reader, loaded);
        }
    }

    /**
     * Loads the sample.
     *
     * @param isFirst whether it is the first pass, which ends early if the profile is stopped; one mosaic is whole all the same
     * @return the mosaics that were loaded
     */
    private List<MosaicRequest> load(CziReader reader, StageClock clock, Outcome outcome, boolean isFirst)
            throws CziException {
        List<MosaicRequest> requests = sample.requests();
        int helpers = Math.min(method.threads(), requests.size()) - 1;
        if (helpers == 0) {
            for (int i = 0; i < requests.size(); i++) {
                if (isEnough(i, isFirst)) {
                    return requests.subList(0, i);
                }
                outcome.add(reader.readMosaic(requests.get(i)));
            }
            return requests;
        }
        List<MosaicRequest> loaded = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable work = () -> {
            try {
                for (int i = next.getAndIncrement(); i < requests.size(); i = next.getAndIncrement()) {
                    if (isEnough(i, isFirst)) {
                        break;
                    }
                    outcome.add(reader.readMosaic(requests.get(i).parallelism(Parallelism.sequential())));
                    loaded.add(requests.get(i));
                }
            } catch (CziException | RuntimeException | Error e) {
                failure.compareAndSet(null, e);
                next.set(requests.size());
            }
        };
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i <= helpers; i++) {
            Thread thread = new Thread(
                    () -> {
                        clock.enter();
                        work.run();
                        clock.leave();
                    },
                    "czi-profile-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        work.run();
        clock.span(ProfileStage.WAIT, () -> join(threads));
        Throwable thrown = failure.get();
        if (thrown instanceof CziException damage) {
            throw damage;
        }
        if (thrown != null) {
            throw new IllegalStateException(thrown);
        }
        return List.copyOf(loaded);
    }

    /** Whether mosaics from this one on are left out: one is needed, and of later passes the same ones as of the first. */
    private boolean isEnough(int number, boolean isFirst) {
        return number > 0 && isFirst && stopped;
    }

    private static void join(List<Thread> threads) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
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

    /** Names decoding by the compression, and placing by whether pixels are converted for it. */
    private record Names(CziReader reader, PixelType output) implements StageClock.Naming {
        @Override
        public ProfileStage stage(Lane.Work work) {
            return work.stage() == ProfileStage.PLACE
                            && reader.subblockInfo(work.subblock()).pixelType() != output
                    ? ProfileStage.CONVERT
                    : work.stage();
        }

        @Override
        public String label(Lane.Work work) {
            String label = stage(work).label();
            return work.stage() == ProfileStage.DECODE
                    ? label + " "
                            + reader.subblockInfo(work.subblock()).compression().label()
                    : label;
        }
    }
}
