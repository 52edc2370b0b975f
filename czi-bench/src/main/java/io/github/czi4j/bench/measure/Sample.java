package io.github.czi4j.bench.measure;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.OptionalDouble;

/**
 * One load.
 *
 * @param fork number of the JVM, from 0; of a run within one JVM, of the round
 * @param seconds by the clock on the wall
 * @param cpuSeconds of all threads of the process, those of the JVM included, and of worker processes
 * @param gcSeconds collections that fell into it
 * @param isAfterDrop whether the file was to be dropped from the page cache before
 * @param residentShare part of the file in the page cache right before it, 0 to 1; empty if not looked at or not known
 */
public record Sample(
        int fork,
        double seconds,
        double cpuSeconds,
        double gcSeconds,
        boolean isAfterDrop,
        OptionalDouble residentShare) {

    /**
     * For machines.
     *
     * @return an element of {@code samples}
     */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("fork", fork);
        json.addProperty("seconds", seconds);
        json.addProperty("cpuSeconds", cpuSeconds);
        json.addProperty("gcSeconds", gcSeconds);
        json.addProperty("isAfterDrop", isAfterDrop);
        if (residentShare.isPresent()) {
            json.addProperty("residentShare", residentShare.getAsDouble());
        } else {
            json.add("residentShare", JsonNull.INSTANCE);
        }
        return json;
    }

    static Sample fromJson(JsonObject json, int fork) {
        OptionalDouble share = json.get("residentShare").isJsonNull()
                ? OptionalDouble.empty()
                : OptionalDouble.of(json.get("residentShare").getAsDouble());
        return new Sample(
                fork,
                json.get("seconds").getAsDouble(),
                json.get("cpuSeconds").getAsDouble(),
                json.get("gcSeconds").getAsDouble(),
                json.get("isAfterDrop").getAsBoolean(),
                share);
    }
}
