package io.github.czi4j.bench.bundle;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** Looks at, and changes, all texts of a JSON value. */
final class JsonTexts {
    private JsonTexts() {}

    static void scan(String name, JsonElement value, PrivateTraits traits) {
        if (value instanceof JsonObject object) {
            object.entrySet().forEach(entry -> scan(entry.getKey(), entry.getValue(), traits));
        } else if (value instanceof JsonArray array) {
            array.forEach(element -> scan(name, element, traits));
        } else if (value instanceof JsonPrimitive primitive && primitive.isString()) {
            traits.scan(name, primitive.getAsString());
        }
    }

    static JsonElement anonymised(String name, JsonElement value, PrivateTraits traits) {
        if (value instanceof JsonObject object) {
            JsonObject copy = new JsonObject();
            object.entrySet()
                    .forEach(entry -> copy.add(entry.getKey(), anonymised(entry.getKey(), entry.getValue(), traits)));
            return copy;
        }
        if (value instanceof JsonArray array) {
            JsonArray copy = new JsonArray();
            array.forEach(element -> copy.add(anonymised(name, element, traits)));
            return copy;
        }
        return value instanceof JsonPrimitive primitive && primitive.isString()
                ? new JsonPrimitive(traits.anonymise(name, primitive.getAsString()))
                : value;
    }
}
