package io.github.czi4j.bench.diagnose;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** Results that are made up: a profile on a quiet machine where nothing is wrong, to be spoilt. */
final class Facts {
    private final JsonObject json;

    private Facts(String text) {
        this.json = JsonParser.parseString(text).getAsJsonObject();
    }

    /** A profile: 100 tiles of a megapixel in half a second on one thread, most of it decoding. */
    static Facts profile() {
        return new Facts("""
                {"kind": "profile",
                 "environment": {"processors": 8, "memoryBytes": 32e9, "maxHeapBytes": 8e9, "loadAverage": 0.2,
                                 "garbageCollectors": ["G1 Young Generation"]},
                 "file": {"name": "slide.czi", "bytes": 1e8, "subblocks": 130, "layer0Subblocks": 100,
                          "storage": {"fileSystem": "ext4", "isRemote": false, "isRotational": false,
                                      "residentShare": 1}},
                 "request": {"tiles": 100, "tilesOfPlane": 100, "outputPixels": 9e7, "outputBytes": 1.8e8,
                             "decodedPixels": 1e8, "storedBytes": 1e8, "pixelType": "gray16"},
                 "amplification": {"subblocks": {"ratio": 1}, "pixels": {"touched": 1e8, "delivered": 9e7, "ratio": 1.1}},
                 "ceilings": {"storage": [{"queueDepth": 1, "pageCache": "warm", "bytesPerSecond": 4e9}],
                              "memoryCopy": [{"threads": 1, "bytesPerSecond": 5e9}],
                              "decode": [{"threads": 8, "megapixelsPerSecond": 2000}]},
                 "method": {"threads": 1, "isSteady": true},
                 "elapsedSeconds": 0.5, "wallSeconds": 0.5, "cpuSeconds": 0.49, "gcSeconds": 0,
                 "system": {"majorFaults": 0, "swappedPages": 0, "queuedSeconds": 0.001, "throttledSeconds": 0},
                 "tiles": {"read": {"p50": 0.0001}, "all": {"p50": 0.005}, "list": []},
                 "firstPass": {"elapsedSeconds": 0.9, "wallSeconds": 0.9, "cpuSeconds": 0.9, "stages": []},
                 "estimate": {"seconds": 10}}
                """)
                .stages("read", 0.01, 0.01, "decode zstd1", 0.4, 0.4, "place", 0.06, 0.06, "other", 0.03, 0.02);
    }

    /** A benchmark: sequential, threads and processes, threads twice as fast. */
    static Facts benchmark() {
        Facts facts = new Facts("""
                {"kind": "benchmark",
                 "environment": {"processors": 8, "maxHeapBytes": 8e9, "loadAverage": 0.2},
                 "file": {"name": "slide.czi", "bytes": 1e8, "subblocks": 130, "layer0Subblocks": 100, "storage": {}},
                 "request": {"tiles": 100, "tilesOfPlane": 100, "decodedPixels": 1e8, "storedBytes": 1e8},
                 "amplification": {"pixels": {"ratio": 1.1}},
                 "configurations": []}
                """);
        return facts.run("4 threads × 10", "threads", 4, 0.25, 2.0, 1.9, 2.1, 1.0)
                .run("sequential", "sequential", 1, 0.5, 1.0, 1.0, 1.0, 0.5);
    }

    Facts run(
            String name,
            String strategy,
            int threads,
            double seconds,
            double speedup,
            double low,
            double high,
            double cpu) {
        JsonElement run = JsonParser.parseString(String.format(
                java.util.Locale.ROOT,
                "{\"name\": \"%s\", \"strategy\": \"%s\", \"threads\": %d, \"order\": \"file\", \"seconds\": {\"median\": %f},"
                        + " \"speedup\": {\"median\": %f, \"low\": %f, \"high\": %f}, \"cpuSeconds\": %f,"
                        + " \"megapixelsPerSecond\": %f}",
                name,
                strategy,
                threads,
                seconds,
                speedup,
                low,
                high,
                cpu,
                100 / seconds));
        json.getAsJsonArray("configurations").add(run);
        return this;
    }

    /** A member of the last run. */
    Facts ofRun(String member, Object value) {
        JsonArray runs = json.getAsJsonArray("configurations");
        put(runs.get(runs.size() - 1).getAsJsonObject(), member, value);
        return this;
    }

    /** Sets a member; the path has its names with points between. */
    Facts with(String path, Object value) {
        JsonObject at = json;
        String[] names = path.split("\\.");
        for (int i = 0; i < names.length - 1; i++) {
            at = at.getAsJsonObject(names[i]);
        }
        put(at, names[names.length - 1], value);
        return this;
    }

    private static void put(JsonObject object, String member, Object value) {
        if (value instanceof Number number) {
            object.addProperty(member, number);
        } else if (value instanceof Boolean truth) {
            object.addProperty(member, truth);
        } else if (value instanceof JsonElement element) {
            object.add(member, element);
        } else {
            object.addProperty(member, (String) value);
        }
    }

    /** Sets the stages of the last pass: name, seconds, processor seconds, and so on; the clocks are their sums. */
    Facts stages(Object... values) {
        return stages(json, values);
    }

    /** Likewise of the first pass. */
    Facts firstStages(Object... values) {
        return stages(json.getAsJsonObject("firstPass"), values);
    }

    private Facts stages(JsonObject pass, Object... values) {
        JsonArray stages = new JsonArray();
        double wall = 0;
        double cpu = 0;
        for (int i = 0; i < values.length; i += 3) {
            JsonObject stage = new JsonObject();
            stage.addProperty("name", (String) values[i]);
            stage.addProperty("seconds", (Number) values[i + 1]);
            stage.addProperty("cpuSeconds", (Number) values[i + 2]);
            stages.add(stage);
            wall += ((Number) values[i + 1]).doubleValue();
            cpu += ((Number) values[i + 2]).doubleValue();
        }
        pass.add("stages", stages);
        pass.addProperty("wallSeconds", wall);
        pass.addProperty("cpuSeconds", cpu);
        pass.addProperty("elapsedSeconds", wall);
        return this;
    }

    JsonObject json() {
        return json;
    }

    Diagnosis diagnosis() {
        return Diagnosis.of(json);
    }
}
