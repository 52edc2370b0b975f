package io.github.czi4j.bench.measure;

import com.google.gson.JsonObject;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.bench.storage.Location;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.Rect;

/**
 * What is loaded, in a form that another JVM understands.
 *
 * @param file the file
 * @param plane and scene
 * @param region raw coordinates in pixels of layer 0
 */
record Job(Location file, PlaneChoice plane, Rect region) {

    MosaicRequest request() {
        return plane.apply(MosaicRequest.region(region));
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.add("file", file.toJson());
        json.addProperty("plane", plane.plane().toString());
        json.addProperty("scene", plane.scene());
        json.addProperty("x", region.x());
        json.addProperty("y", region.y());
        json.addProperty("width", region.width());
        json.addProperty("height", region.height());
        return json;
    }

    static Job fromJson(JsonObject json) {
        Integer scene = json.has("scene") && !json.get("scene").isJsonNull()
                ? json.get("scene").getAsInt()
                : null;
        return new Job(
                Location.fromJson(json.getAsJsonObject("file")),
                new PlaneChoice(Coordinate.parse(json.get("plane").getAsString()), scene),
                new Rect(
                        json.get("x").getAsInt(),
                        json.get("y").getAsInt(),
                        json.get("width").getAsInt(),
                        json.get("height").getAsInt()));
    }
}
