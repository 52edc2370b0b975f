package io.github.czi4j.bench.record;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.FlightRecorder;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import jdk.jfr.consumer.RecordingStream;

/**
 * Records this JVM during a run and writes what was asked for: the trace as it goes, so that it is whole whenever the run
 * is interrupted, and stacks at the end, or when the JVM is told to end. JVMs that are measured in turn record themselves,
 * by {@link ChildRecording}, and their recordings are added; what worker JVMs do is not seen.
 */
public final class RunRecorder implements Closeable {
    /** The stream hands events out each second. */
    private static final long PATIENCE_SECONDS = 10;

    static final Duration SAMPLE_PERIOD = Duration.ofMillis(10);

    private final RecordingStream stream;
    private final TraceWriter trace;
    private final Path flame;
    private final Path collapsed;
    private final String title;
    private final StackTree stacks = new StackTree();
    private final AtomicInteger children = new AtomicInteger();
    private final CountDownLatch drained = new CountDownLatch(1);
    private final Thread rescue = new Thread(this::rescue, "czi-recorder-rescue");
    private final Runnable heap = Heap::emit;
    private volatile IOException failure;
    private volatile boolean isPartial;

    /**
     * Begins to record.
     *
     * @param title of the pages
     * @param trace where the trace goes; null for none
     * @param flame where the flame graph goes; null for none
     * @param collapsed where the collapsed stacks go; null for none
     * @throws IOException if the trace cannot be written
     */
    public RunRecorder(String title, Path trace, Path flame, Path collapsed) throws IOException {
        this.title = title;
        this.flame = flame;
        this.collapsed = collapsed;
        this.trace = trace == null ? null : new TraceWriter(trace, Instant.now());
        this.stream = new RecordingStream();
        for (String event : TraceEvents.NAMES) {
            stream.enable(event).withoutThreshold();
        }
        if (trace != null) {
            stream.enable(Heap.NAME);
            FlightRecorder.addPeriodicEvent(Heap.class, heap);
            stream.onFlush(this::flush);
        }
        if (flame != null || collapsed != null) {
            stream.enable(StackTree.SAMPLE).withPeriod(SAMPLE_PERIOD);
        }
        stream.onEvent(this::take);
        Runtime.getRuntime().addShutdownHook(rescue);
        stream.startAsync();
    }

    private void take(RecordedEvent event) {
        String name = event.getEventType().getName();
        if (name.equals(EndMark.NAME)) {
            drained.countDown();
        } else if (name.equals(StackTree.SAMPLE)) {
            synchronized (stacks) {
                stacks.add(event);
            }
        } else if (trace != null) {
            synchronized (trace) {
                trace.add(event, TraceWriter.OWN_PROCESS);
            }
        }
    }

    private void flush() {
        try {
            synchronized (trace) {
                trace.flush();
            }
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
    }

    /**
     * Ends the recording, after what has happened until now has been taken in, which takes about a second.
     *
     * @throws IOException if anything could not be written
     */
    @Override
    public void close() throws IOException {
        new EndMark().commit();
        try {
            drained.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stream.close();
        FlightRecorder.removePeriodicEvent(heap);
        try {
            Runtime.getRuntime().removeShutdownHook(rescue);
        } catch (IllegalStateException e) {
            // The hook runs already.
            return;
        }
        if (trace != null) {
            // The stream's thread may still be on its way, though the stream is closed.
            synchronized (trace) {
                trace.close(isPartial);
            }
        }
        writeStacks();
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Adds what another JVM recorded.
     *
     * @param recording made by {@link ChildRecording}
     * @param name of that JVM
     * @throws IOException if it cannot be read
     */
    public void add(Path recording, String name) throws IOException {
        int process = TraceWriter.OWN_PROCESS + children.incrementAndGet();
        try (RecordingFile file = new RecordingFile(recording)) {
            if (trace != null) {
                synchronized (trace) {
                    trace.addProcess(process, name);
                }
            }
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals(StackTree.SAMPLE)) {
                    synchronized (stacks) {
                        stacks.add(event);
                    }
                } else if (trace != null) {
                    synchronized (trace) {
                        trace.add(event, process);
                    }
                }
            }
        }
    }

    /** Says that the run was interrupted, before the end of the recording. */
    public void markPartial() {
        isPartial = true;
    }

    private void writeStacks() throws IOException {
        synchronized (stacks) {
            if (collapsed != null) {
                stacks.writeCollapsed(collapsed);
            }
            if (flame != null) {
                FlamePage.write(flame, title, stacks, isPartial);
            }
        }
    }

    /** Ctrl-C keeps the stacks that were seen; the trace is whole anyway, and says that it is partial. */
    private void rescue() {
        isPartial = true;
        try {
            writeStacks();
        } catch (IOException | UncheckedIOException e) {
            System.err.println("czi: the stacks could not be written: " + e.getMessage());
        }
    }

    /**
     * What was written.
     *
     * @return the files
     */
    public List<Path> files() {
        List<Path> files = new ArrayList<>();
        if (trace != null) {
            files.add(trace.file());
        }
        if (flame != null) {
            files.add(flame);
        }
        if (collapsed != null) {
            files.add(collapsed);
        }
        return files;
    }
}
