package io.github.czi4j.bench.profile;

import io.github.czi4j.model.CziException;
import io.github.czi4j.observe.ReadListener;
import io.github.czi4j.observe.Stage;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Splits the time of the threads of a pass into stages. Runs between {@link #resume} and {@link #pause}, which one thread
 * calls; the time that is split is that, times the number of threads. What no stage claims of the calling thread, and of
 * others between two pieces of their work, is {@link ProfileStage#OTHER}; what is left then is {@link ProfileStage#WAIT}:
 * so the stages sum to the whole exactly.
 *
 * <p>Processor time is read once at the end of each stage, under a microsecond a time, which falls into {@code other}.
 * What passed since the end of the stage before is given to the stage, up to its duration on the wall, and the rest to
 * {@code other}: as the gaps between stages are short, so is the error. Where the wall shows more than the processor, the
 * JVM is asked for how long the thread was blocked and how long collections took; both are counted in milliseconds, none
 * of which is lost, but one may be given to the stage after its own.
 */
final class StageClock implements ReadListener, AutoCloseable {
    /** What a thread must have been off the processor for, so that the reason is asked for: asking takes microseconds. */
    private static final long WORTH_ASKING = 50_000;
    /** Likewise for whether it had no processor: that is a small file to read. */
    private static final long WORTH_READING = 500_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final boolean hasCpu = threads.isCurrentThreadCpuTimeSupported();
    private final boolean hadContention;
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
            // Those of concurrent collectors count cycles beside pauses.
            .filter(bean -> !bean.getName().endsWith("Cycles"))
            .toList();
    private final int threadCount;
    private final Map<Thread, Lane> lanes = new ConcurrentHashMap<>();
    private final LockWatch watch;
    private volatile boolean running;
    private Lane caller;
    private long firstBegun;
    private long wall;
    private long wallBegun;
    private long gcBegun;
    private SystemCounters systemBegun;

    /** Work that may fail. */
    @FunctionalInterface
    interface Work {
        void run() throws CziException;
    }

    /** A clock for passes of so many threads. */
    StageClock(int threadCount) {
        this.threadCount = threadCount;
        this.hadContention =
                threads.isThreadContentionMonitoringSupported() && threads.isThreadContentionMonitoringEnabled();
        setContentionMonitoring(true);
        this.watch = threadCount > 1 ? new LockWatch(lanes.values()) : null;
    }

    private void setContentionMonitoring(boolean value) {
        if (threads.isThreadContentionMonitoringSupported() && !hadContention) {
            threads.setThreadContentionMonitoringEnabled(value);
        }
    }

    /** Begins a pass, paused. The calling thread is its first. */
    void begin() {
        wall = 0;
        firstBegun = 0;
        gcBegun = gcNanos();
        systemBegun = SystemCounters.now();
        lanes.values().removeIf(lane -> !lane.thread.isAlive());
        for (Lane lane : lanes.values()) {
            lane.work.clear();
            lane.began = 0;
            lane.ended = 0;
            lane.cpu = 0;
            lane.gcSeen = gcBegun;
            lane.queuedBegun = lane.queuedSeen;
        }
        caller = lane();
        caller.queuedSeen = SystemCounters.queuedNanosOfThread();
        caller.queuedBegun = caller.queuedSeen;
    }

    void resume() {
        caller.cpuSeen = cpuNow();
        caller.blockedSeen = blockedNanos();
        caller.cpu -= caller.cpuSeen;
        wallBegun = System.nanoTime();
        firstBegun = firstBegun == 0 ? wallBegun : firstBegun;
        running = true;
    }

    void pause() {
        running = false;
        wall += System.nanoTime() - wallBegun;
        caller.cpu += cpuNow();
        caller.queuedSeen = SystemCounters.queuedNanosOfThread();
    }

    /** Says that a thread of the profiler's own begins to work. */
    void enter() {
        Lane lane = lane();
        lane.cpuSeen = cpuNow();
        lane.cpu = -lane.cpuSeen;
        lane.began = System.nanoTime();
    }

    /** Says that such a thread has done its work. */
    void leave() {
        Lane lane = lane();
        lane.ended = System.nanoTime();
        lane.cpu += cpuNow();
        lane.queuedSeen = SystemCounters.queuedNanosOfThread();
    }

    private Lane lane() {
        return lanes.computeIfAbsent(Thread.currentThread(), thread -> {
            Lane lane = new Lane(thread);
            lane.gcSeen = gcBegun;
            lane.blockedSeen = blockedNanos();
            lane.queuedSeen = SystemCounters.queuedNanosOfThread();
            lane.queuedBegun = lane.queuedSeen;
            return lane;
        });
    }

    private long cpuNow() {
        return hasCpu ? threads.getCurrentThreadCpuTime() : 0;
    }

    /** For which the calling thread waited for monitors; nobody holds one thread up. */
    private long blockedNanos() {
        ThreadInfo info = threadCount == 1
                ? null
                : threads.getThreadInfo(Thread.currentThread().getId());
        return info == null ? 0 : TimeUnit.MILLISECONDS.toNanos(Math.max(0, info.getBlockedTime()));
    }

    private long gcNanos() {
        long millis = 0;
        for (GarbageCollectorMXBean collector : collectors) {
            millis += Math.max(0, collector.getCollectionTime());
        }
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Counts work of the profiler's own as a stage. */
    void span(ProfileStage stage, Work work) throws CziException {
        long begun = System.nanoTime();
        work.run();
        add(stage, NO_SUBBLOCK, begun, System.nanoTime() - begun, 0);
    }

    @Override
    public void onStage(Stage stage, int subblock, long startNanos, long duration, long bytes) {
        if (running) {
            add(ProfileStage.of(stage), subblock, startNanos, duration, bytes);
        }
    }

    private void add(ProfileStage stage, int subblock, long start, long nanos, long bytes) {
        Lane lane = lane();
        long now = cpuNow();
        long cpu = Math.min(now - lane.cpuSeen, nanos);
        lane.cpuSeen = now;
        long gc = 0;
        long lock = 0;
        long off = nanos - cpu;
        if (hasCpu && off > WORTH_ASKING) {
            long gcNow = gcNanos();
            gc = Math.min(gcNow - lane.gcSeen, off);
            lane.gcSeen = gcNow;
            long blocked = blockedNanos();
            long owned = lane.ownedLockNanos.get();
            lock = Math.min(blocked - lane.blockedSeen + owned - lane.ownedLockSeen, off - gc);
            lane.blockedSeen = blocked;
            lane.ownedLockSeen = owned;
            if (off > WORTH_READING) {
                lane.queuedSeen = SystemCounters.queuedNanosOfThread();
            }
            if (stage == ProfileStage.WAIT) {
                // Whoever is waited for may be held up, but that is its own time.
                gc = 0;
                lock = 0;
            }
        }
        lane.work.add(new Lane.Work(stage, subblock, start, nanos, cpu, gc, lock, bytes));
    }

    /** What names a piece of work. */
    interface Naming {
        /** The stage that it counts as. */
        ProfileStage stage(Lane.Work work);

        /** The name of that. */
        String label(Lane.Work work);
    }

    /** The pass that was paused last; its other threads must be done. */
    Pass result(Naming naming) {
        long queued = lanes.values().stream().mapToLong(Lane::queuedNanos).anyMatch(nanos -> nanos < 0)
                ? -1
                : lanes.values().stream().mapToLong(Lane::queuedNanos).sum();
        SystemCounters system = SystemCounters.now().since(systemBegun, queued);
        Map<ProfileStage, Map<String, long[]>> stages = new EnumMap<>(ProfileStage.class);
        for (ProfileStage stage : ProfileStage.values()) {
            stages.put(stage, new LinkedHashMap<>());
            if (stage != ProfileStage.DECODE && stage != ProfileStage.CONVERT) {
                times(stages, stage, stage.label());
            }
        }
        long[] crewEnds = caller.work.stream()
                .filter(work -> work.stage() == ProfileStage.WAIT || work.stage() == ProfileStage.FINALISE)
                .mapToLong(work -> work.stage() == ProfileStage.WAIT ? work.end() : work.start())
                .toArray();
        long claimed = 0;
        long claimedCpu = 0;
        long cpu = 0;
        for (Lane lane : lanes.values()) {
            for (Lane.Work work : lane.work) {
                long[] own = times(stages, naming.stage(work), naming.label(work));
                own[0] += work.nanos() - work.gc() - work.lock();
                own[1] += work.cpu();
                times(stages, ProfileStage.GC, ProfileStage.GC.label())[0] += work.gc();
                times(stages, ProfileStage.LOCK, ProfileStage.LOCK.label())[0] += work.lock();
                claimed += work.nanos();
                claimedCpu += work.cpu();
            }
            long other;
            if (lane == caller) {
                other = wall - lane.workNanos();
                cpu += lane.cpu;
            } else if (lane.ended != 0) {
                other = lane.ended - lane.began - lane.workNanos();
                cpu += lane.cpu;
            } else {
                other = lane.gaps(crewEnds);
                cpu += lane.work.stream().mapToLong(Lane.Work::cpu).sum();
            }
            times(stages, ProfileStage.OTHER, ProfileStage.OTHER.label())[0] += other;
            claimed += other;
        }
        long all = wall * threadCount;
        times(stages, ProfileStage.WAIT, ProfileStage.WAIT.label())[0] += all - claimed;
        times(stages, ProfileStage.OTHER, ProfileStage.OTHER.label())[1] += cpu - claimedCpu;
        return new Pass(
                threadCount,
                wall,
                all,
                cpu,
                stages.entrySet().stream()
                        .flatMap(stage -> stage.getValue().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(time -> new StageTime(
                                        stage.getKey(), time.getKey(), time.getValue()[0], time.getValue()[1])))
                        .toList(),
                tiles(),
                system);
    }

    private static long[] times(Map<ProfileStage, Map<String, long[]>> stages, ProfileStage stage, String label) {
        return stages.get(stage).computeIfAbsent(label, name -> new long[2]);
    }

    private List<TileTime> tiles() {
        List<Lane> workers = lanes.values().stream()
                .filter(lane -> lane == caller || !lane.work.isEmpty())
                .sorted(Comparator.comparingLong(lane ->
                        lane == caller ? Long.MIN_VALUE : lane.work.get(0).start()))
                .toList();
        Map<Integer, TileTime> tiles = new HashMap<>();
        for (int i = 0; i < workers.size(); i++) {
            for (Lane.Work work : workers.get(i).work) {
                if (work.subblock() != NO_SUBBLOCK) {
                    tiles.merge(work.subblock(), tile(work, i), StageClock::sum);
                }
            }
        }
        return tiles.values().stream()
                .sorted(Comparator.comparingLong(TileTime::startNanos))
                .toList();
    }

    private TileTime tile(Lane.Work work, int worker) {
        boolean isRead = work.stage() == ProfileStage.READ;
        boolean isDecode = work.stage() == ProfileStage.DECODE;
        return new TileTime(
                work.subblock(),
                worker,
                work.start() - firstBegun,
                isRead ? work.nanos() : 0,
                isDecode ? work.nanos() : 0,
                isRead || isDecode ? 0 : work.nanos(),
                isRead ? work.bytes() : 0);
    }

    private static TileTime sum(TileTime a, TileTime b) {
        TileTime first = a.startNanos() <= b.startNanos() ? a : b;
        return new TileTime(
                first.subblock(),
                first.worker(),
                first.startNanos(),
                a.readNanos() + b.readNanos(),
                a.decodeNanos() + b.decodeNanos(),
                a.placeNanos() + b.placeNanos(),
                a.storedBytes() + b.storedBytes());
    }

    /** Stops watching the JVM. */
    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        setContentionMonitoring(false);
    }
}
