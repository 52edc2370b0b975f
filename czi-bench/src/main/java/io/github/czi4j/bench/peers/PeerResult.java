package io.github.czi4j.bench.peers;

import io.github.czi4j.bench.measure.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a reader made of a piece of work. Filled by one thread. */
public final class PeerResult {
    private final String peer;
    private final PeerWork work;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> cpuSeconds = new ArrayList<>();
    private String version = "";
    private double startUpSeconds;
    private double openSeconds;
    private List<String> hashes = List.of();
    private String problem;
    private boolean isUnsupported;

    PeerResult(String peer, PeerWork work) {
        this.peer = peer;
        this.work = work;
    }

    void started(String newVersion, double startUp, double open) {
        version = newVersion;
        startUpSeconds = startUp;
        openSeconds = open;
    }

    /** Takes a pass; one that gives other pixels than the passes before is a problem. */
    void add(double wall, double cpu, List<String> newHashes) {
        seconds.add(wall);
        cpuSeconds.add(cpu);
        saw(newHashes);
    }

    /** Takes the pixels of a pass that is not counted. */
    void saw(List<String> newHashes) {
        if (hashes.isEmpty()) {
            hashes = newHashes;
        } else if (!hashes.equals(newHashes)) {
            failed("its pixels change from one pass to the next", false);
        }
    }

    void failed(String why, boolean unsupported) {
        problem = why;
        isUnsupported = unsupported;
    }

    /**
     * The reader.
     *
     * @return its name
     */
    public String peer() {
        return peer;
    }

    /**
     * The work.
     *
     * @return what it was given
     */
    public PeerWork work() {
        return work;
    }

    /**
     * Version of the reader.
     *
     * @return as it says itself, empty if it was never started
     */
    public String version() {
        return version;
    }

    /**
     * From the start of its process until it was ready to open a file. No part of {@link #seconds()}.
     *
     * @return seconds
     */
    public double startUpSeconds() {
        return startUpSeconds;
    }

    /**
     * Opening the file. No part of {@link #seconds()}.
     *
     * @return seconds
     */
    public double openSeconds() {
        return openSeconds;
    }

    /**
     * Whether there is a time.
     *
     * @return false if it was skipped, or failed before the first counted pass
     */
    public boolean isMeasured() {
        return !seconds.isEmpty();
    }

    /**
     * Time of a pass over all regions.
     *
     * @return median and interval
     */
    public Interval seconds() {
        return Interval.of(seconds.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * Processor time of its process for a pass.
     *
     * @return median and interval
     */
    public Interval cpuSeconds() {
        return Interval.of(cpuSeconds.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * Fingerprints of the regions' pixels.
     *
     * @return in the order of the work, empty if there were none
     */
    public List<String> hashes() {
        return hashes;
    }

    /**
     * Why there is no time, or none to trust.
     *
     * @return empty if all went well
     */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /**
     * Whether the reader cannot do this, as opposed to having failed at it.
     *
     * @return true if it said so, or is not there
     */
    public boolean isUnsupported() {
        return isUnsupported;
    }
}
