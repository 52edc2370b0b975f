package io.github.czi4j.bench.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Results for tests: whole ones, sparse ones, and what may become of them. */
public final class Results {
    /** All there are. */
    public static final List<String> NAMES =
            List.of("benchmark-full", "benchmark-sparse", "profile-full", "profile-sparse");

    private static final List<JsonElement> ODD =
            List.of(new JsonPrimitive("text"), new JsonPrimitive(-1), new JsonObject());

    private Results() {}

    public static JsonObject named(String name) throws IOException {
        try (Reader reader = new InputStreamReader(
                Results.class.getResourceAsStream("/results/" + name + ".json"), StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        }
    }

    /** The same with every text changed. */
    public static JsonElement withTexts(JsonElement value, UnaryOperator<String> change) {
        if (value instanceof JsonObject object) {
            JsonObject copy = new JsonObject();
            object.entrySet()
                    .forEach(entry -> copy.add(
                            "kind".equals(entry.getKey()) ? "kind" : change.apply(entry.getKey()),
                            withTexts(entry.getValue(), change)));
            return copy;
        }
        if (value instanceof JsonArray array) {
            JsonArray copy = new JsonArray();
            array.forEach(element -> copy.add(withTexts(element, change)));
            return copy;
        }
        return value instanceof JsonPrimitive primitive && primitive.isString()
                ? new JsonPrimitive(change.apply(primitive.getAsString()))
                : value;
    }

    /** The whole with one member null or odd, for each member; of arrays the first element stands for all. */
    public static List<JsonObject> withOneMemberOff(JsonObject whole) {
        List<JsonObject> variants = new ArrayList<>();
        for (List<String> path : paths(whole, List.of())) {
            // Absent in any case, and one value of another type, which ones in turn.
            for (JsonElement other : List.of(JsonNull.INSTANCE, ODD.get(variants.size() / 2 % ODD.size()))) {
                JsonObject copy = whole.deepCopy();
                JsonElement at = copy;
                for (String name : path.subList(0, path.size() - 1)) {
                    at = at.isJsonArray()
                            ? at.getAsJsonArray().get(0)
                            : at.getAsJsonObject().get(name);
                }
                at.getAsJsonObject().add(path.get(path.size() - 1), other);
                variants.add(copy);
            }
        }
        return variants;
    }

    private static List<List<String>> paths(JsonElement value, List<String> path) {
        List<List<String>> paths = new ArrayList<>();
        if (value instanceof JsonObject object) {
            object.entrySet().forEach(entry -> {
                List<String> inner = new ArrayList<>(path);
                inner.add(entry.getKey());
                if (!"kind".equals(entry.getKey())) {
                    paths.add(inner);
                }
                paths.addAll(paths(entry.getValue(), inner));
            });
        } else if (value instanceof JsonArray array && !array.isEmpty()) {
            List<String> inner = new ArrayList<>(path);
            inner.add("0");
            paths.addAll(paths(array.get(0), inner));
        }
        return paths;
    }
}
