package io.github.czi4j.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.czi4j.model.PixelType;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Records as JSON objects: components keep their names, which have their units in them. What is empty is left out, be it
 * an optional value, a list, a map, or a record of such; pixel types have their labels, times are ISO 8601.
 */
final class RecordJson {
    private RecordJson() {}

    /** The object of a record, possibly without members. */
    static JsonObject of(Record record) {
        JsonObject object = new JsonObject();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            JsonElement value = element(value(record, component));
            if (!isEmpty(value)) {
                object.add(component.getName(), value);
            }
        }
        return object;
    }

    private static Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e); // the records are public, and so are their packages
        }
    }

    private static boolean isEmpty(JsonElement value) {
        return value.isJsonNull()
                || value.isJsonArray() && value.getAsJsonArray().isEmpty()
                || value.isJsonObject() && value.getAsJsonObject().isEmpty();
    }

    private static JsonElement element(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? element(optional.get()) : JsonNull.INSTANCE;
        } else if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? new JsonPrimitive(optional.getAsDouble()) : JsonNull.INSTANCE;
        } else if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? new JsonPrimitive(optional.getAsInt()) : JsonNull.INSTANCE;
        } else if (value instanceof Record record) {
            return of(record);
        } else if (value instanceof Number number) {
            return new JsonPrimitive(number);
        } else if (value instanceof Boolean bool) {
            return new JsonPrimitive(bool);
        } else if (value instanceof PixelType type) {
            return new JsonPrimitive(type.label());
        } else if (value instanceof double[] numbers) {
            JsonArray array = new JsonArray(numbers.length);
            for (double number : numbers) {
                array.add(number);
            }
            return array;
        } else if (value instanceof Collection<?> values) {
            JsonArray array = new JsonArray(values.size());
            values.forEach(item -> array.add(element(item)));
            return array;
        } else if (value instanceof Map<?, ?> map) {
            JsonObject object = new JsonObject();
            map.forEach((key, item) -> object.add(key.toString(), element(item)));
            return object;
        }
        return new JsonPrimitive(value.toString());
    }
}
