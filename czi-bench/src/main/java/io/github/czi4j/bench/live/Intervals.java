package io.github.czi4j.bench.live;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Stretches of time that do not overlap. Nanoseconds since any moment. Immutable. */
final class Intervals {
    /** A stretch. */
    record Stretch(long start, long end) {}

    static final Intervals NONE = new Intervals(List.of());

    private final List<Stretch> sorted;

    private Intervals(List<Stretch> sorted) {
        this.sorted = sorted;
    }

    /** All of some stretches, which may overlap. */
    static Intervals union(List<Stretch> stretches) {
        List<Stretch> given = new ArrayList<>(stretches);
        given.sort(Comparator.comparingLong(Stretch::start));
        List<Stretch> merged = new ArrayList<>();
        for (Stretch next : given) {
            Stretch last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && next.start() <= last.end()) {
                merged.set(merged.size() - 1, new Stretch(last.start(), Math.max(last.end(), next.end())));
            } else {
                merged.add(next);
            }
        }
        return new Intervals(merged);
    }

    /** The most stretches that there are at the same time; those that only touch are not. */
    static int mostAtOnce(List<Stretch> stretches) {
        List<long[]> steps = new ArrayList<>();
        for (Stretch stretch : stretches) {
            steps.add(new long[] {stretch.start(), 1});
            steps.add(new long[] {stretch.end(), -1});
        }
        steps.sort(Comparator.<long[]>comparingLong(step -> step[0]).thenComparingLong(step -> step[1]));
        int now = 0;
        int most = 0;
        for (long[] step : steps) {
            now += (int) step[1];
            most = Math.max(most, now);
        }
        return most;
    }

    /** Sum of their lengths. */
    long length() {
        return sorted.stream()
                .mapToLong(stretch -> stretch.end() - stretch.start())
                .sum();
    }

    /** The part of them that lies between two moments. */
    Intervals within(long start, long end) {
        int found =
                Collections.binarySearch(sorted, new Stretch(start, start), Comparator.comparingLong(Stretch::start));
        // The one before may reach into it.
        int first = Math.max(0, found >= 0 ? found : -found - 2);
        List<Stretch> parts = new ArrayList<>();
        for (int i = first; i < sorted.size() && sorted.get(i).start() < end; i++) {
            long from = Math.max(start, sorted.get(i).start());
            long to = Math.min(end, sorted.get(i).end());
            if (to > from) {
                parts.add(new Stretch(from, to));
            }
        }
        return new Intervals(parts);
    }

    /** Length of what both have. */
    long overlap(Intervals other) {
        return sorted.stream()
                .mapToLong(
                        stretch -> other.within(stretch.start(), stretch.end()).length())
                .sum();
    }
}
