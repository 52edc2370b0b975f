package io.github.czi4j.bench.bundle;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.environment.FileFacts;
import io.github.czi4j.bench.environment.StorageFacts;
import io.github.czi4j.model.Bounds;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.SubblockInfo;
import java.util.TreeMap;

/** What the directory of a file says, in numbers alone: no pixel, no attachment. */
final class DirectoryFacts {
    private DirectoryFacts() {}

    static JsonObject of(CziReader reader) {
        JsonObject json = FileFacts.of(reader, StorageFacts.UNKNOWN).toJson();
        // Where the file lies is in the results that it goes with.
        json.remove("storage");
        Bounds bounds = reader.bounds();
        json.add("all", rect(bounds.all()));
        json.add("layer0", rect(bounds.layer0()));
        JsonObject dimensions = new JsonObject();
        bounds.dimensions().forEach((dimension, range) -> {
            JsonObject one = new JsonObject();
            one.addProperty("start", range.min());
            one.addProperty("size", range.size());
            dimensions.add(dimension.name(), one);
        });
        json.add("dimensions", dimensions);
        JsonArray scenes = new JsonArray();
        bounds.scenes().values().forEach(scene -> {
            JsonObject one = new JsonObject();
            one.addProperty("index", scene.index());
            one.add("all", rect(scene.all()));
            one.addProperty("subblocks", scene.subblocks());
            scenes.add(one);
        });
        json.add("scenes", scenes);
        // By how many pixels of full resolution make one of the layer.
        TreeMap<Long, Integer> layers = new TreeMap<>();
        for (int i = 0; i < reader.subblockCount(); i++) {
            SubblockInfo info = reader.subblockInfo(i);
            if (info.storedWidth() > 0) {
                layers.merge(Math.round((double) info.logical().width() / info.storedWidth()), 1, Integer::sum);
            }
        }
        JsonObject subblocksByScale = new JsonObject();
        layers.forEach((scale, count) -> subblocksByScale.addProperty("1:" + scale, count));
        json.add("subblocksByScale", subblocksByScale);
        JsonArray problems = new JsonArray();
        reader.problems().forEach(problems::add);
        json.add("problems", problems);
        return json;
    }

    private static JsonArray rect(Rect rect) {
        JsonArray array = new JsonArray();
        array.add(rect.x());
        array.add(rect.y());
        array.add(rect.width());
        array.add(rect.height());
        return array;
    }
}
