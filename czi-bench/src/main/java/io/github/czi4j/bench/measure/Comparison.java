package io.github.czi4j.bench.measure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Two results of {@code czi benchmark}, configuration by configuration.
 *
 * @param pairs those that both have, in the order of the first
 * @param onlyInFirst names of those that the second does not have
 * @param onlyInSecond names of those that the first does not have
 * @param differences what makes the two hard to compare, as sentences; empty if nothing does
 * @param pixelsDiffer whether the same part of the same file gave other pixels
 */
public record Comparison(
        List<Pair> pairs,
        List<String> onlyInFirst,
        List<String> onlyInSecond,
        List<String> differences,
        boolean pixelsDiffer) {
    private static final int FORMAT_VERSION = 1;

    /** What can be said. */
    public enum Outcome {
        /** The second is slower: all of the interval of the ratio is above 1. */
        SLOWER,
        /** The second is faster: all of the interval of the ratio is below 1. */
        FASTER,
        /** Neither can be said. */
        NO_DIFFERENCE_SHOWN
    }

    /**
     * A configuration that both have.
     *
     * @param name its name
     * @param first seconds in the first
     * @param second seconds in the second
     * @param ratio time of the second over that of the first
     */
    public record Pair(String name, Interval first, Interval second, Interval ratio) {
        /**
         * What can be said.
         *
         * @return nothing of too few samples
         */
        public Outcome outcome() {
            if (!ratio.isSure() || ratio.low() <= 1 && ratio.high() >= 1) {
                return Outcome.NO_DIFFERENCE_SHOWN;
            }
            return ratio.low() > 1 ? Outcome.SLOWER : Outcome.FASTER;
        }

        /**
         * Whether the second is slower by more than is allowed, beyond doubt.
         *
         * @param allowed share of the first's time, for instance 0.05
         * @return true if all of the interval is above
         */
        public boolean isSlowerThan(double allowed) {
            return outcome() == Outcome.SLOWER && ratio.low() > 1 + allowed;
        }
    }

    /**
     * Compares.
     *
     * @param first a result
     * @param second a later result
     * @return the comparison
     * @throws IllegalArgumentException if one is no result of a benchmark
     */
    public static Comparison of(JsonObject first, JsonObject second) {
        try {
            return compare(first, second);
        } catch (ClassCastException | IllegalStateException | NullPointerException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "a member of the results is missing or of another type than expected", e);
        }
    }

    private static Comparison compare(JsonObject first, JsonObject second) {
        check(first, "first");
        check(second, "second");
        Map<String, List<double[]>> before = samples(first);
        Map<String, List<double[]>> after = samples(second);
        List<Pair> pairs = new ArrayList<>();
        before.forEach((name, samples) -> {
            List<double[]> others = after.get(name);
            if (others != null) {
                pairs.add(new Pair(
                        name,
                        Interval.ofGroups(samples),
                        Interval.ofGroups(others),
                        Interval.ratio(others, samples, false)));
            }
        });
        List<String> differences = new ArrayList<>();
        boolean isSameWork = sameWork(first, second, differences);
        addDifferences(first, second, differences);
        return new Comparison(
                pairs,
                before.keySet().stream()
                        .filter(name -> !after.containsKey(name))
                        .toList(),
                after.keySet().stream()
                        .filter(name -> !before.containsKey(name))
                        .toList(),
                differences,
                isSameWork && !hashes(first).equals(hashes(second)));
    }

    private static void check(JsonObject json, String which) {
        boolean isBenchmark = json.has("formatVersion")
                && json.get("formatVersion").getAsInt() == FORMAT_VERSION
                && json.has("kind")
                && json.get("kind").getAsString().equals("benchmark");
        if (!isBenchmark) {
            throw new IllegalArgumentException("the " + which + " is no result of czi benchmark, formatVersion "
                    + FORMAT_VERSION + ": expected kind \"benchmark\"");
        }
    }

    private static Map<String, List<double[]>> samples(JsonObject json) {
        Map<String, List<double[]>> result = new LinkedHashMap<>();
        for (JsonElement element : json.getAsJsonArray("configurations")) {
            JsonObject configuration = element.getAsJsonObject();
            Map<Integer, List<Double>> byFork = new LinkedHashMap<>();
            for (JsonElement sample : configuration.getAsJsonArray("samples")) {
                JsonObject one = sample.getAsJsonObject();
                double seconds = one.get("seconds").getAsDouble();
                if (!(seconds > 0)) {
                    throw new IllegalArgumentException("a sample took " + seconds + " seconds");
                }
                byFork.computeIfAbsent(one.get("fork").getAsInt(), fork -> new ArrayList<>())
                        .add(seconds);
            }
            if (!byFork.isEmpty()) {
                result.put(
                        configuration.get("name").getAsString(),
                        byFork.values().stream()
                                .map(values -> values.stream()
                                        .mapToDouble(value -> value)
                                        .toArray())
                                .toList());
            }
        }
        return result;
    }

    private static List<String> hashes(JsonObject json) {
        List<String> hashes = new ArrayList<>();
        JsonArray configurations = json.getAsJsonArray("configurations");
        configurations.forEach(
                one -> hashes.add(one.getAsJsonObject().get("outputHash").getAsString()));
        return hashes.stream().distinct().sorted().toList();
    }

    private static boolean sameWork(JsonObject first, JsonObject second, List<String> differences) {
        boolean isSame = true;
        for (String path : List.of(
                "file.name", "file.bytes", "file.subblocks", "request.plane", "request.scene", "request.region")) {
            boolean isEqual = addDifference(first, second, path, differences);
            // A file that was moved is the same file.
            isSame &= isEqual || path.equals("file.name");
        }
        return isSame;
    }

    private static void addDifferences(JsonObject first, JsonObject second, List<String> differences) {
        for (String path : List.of(
                "environment.cpuModel",
                "environment.processors",
                "environment.cgroupCpus",
                "environment.jvm",
                "environment.maxHeapBytes",
                "environment.garbageCollectors",
                "environment.container.kind",
                "file.storage.fileSystem",
                "method.isForked",
                "method.pageCache")) {
            addDifference(first, second, path, differences);
        }
        for (JsonObject json : List.of(first, second)) {
            if (at(json, "partial").map(JsonElement::getAsBoolean).orElse(false)) {
                differences.add("the " + (json == first ? "first" : "second") + " was interrupted");
            }
        }
    }

    /** Whether both have the same there; if not, it is told. */
    private static boolean addDifference(JsonObject first, JsonObject second, String path, List<String> differences) {
        Optional<JsonElement> before = at(first, path);
        Optional<JsonElement> after = at(second, path);
        boolean isEqual = Objects.equals(before, after);
        if (!isEqual) {
            differences.add(path + ": " + text(before) + ", then " + text(after));
        }
        return isEqual;
    }

    private static Optional<JsonElement> at(JsonObject json, String path) {
        JsonElement element = json;
        for (String name : path.split("\\.")) {
            element = element != null && element.isJsonObject()
                    ? element.getAsJsonObject().get(name)
                    : null;
        }
        return Optional.ofNullable(element).filter(found -> !found.isJsonNull());
    }

    private static String text(Optional<JsonElement> element) {
        return element.map(found -> found.isJsonPrimitive() ? found.getAsString() : found.toString())
                .orElse("nothing");
    }

    /**
     * Names of configurations that became slower than allowed.
     *
     * @param allowed share of the first's time, for instance 0.05
     * @return in order
     */
    public List<String> slowerThan(double allowed) {
        return pairs.stream()
                .filter(pair -> pair.isSlowerThan(allowed))
                .map(Pair::name)
                .toList();
    }
}
