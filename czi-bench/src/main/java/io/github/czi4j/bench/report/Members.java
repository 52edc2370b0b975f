package io.github.czi4j.bench.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of a result that was stored, whose members may be missing, null, or of another type than expected: all of that
 * is an absent value, never an exception.
 */
public final class Members {
    private static final Members ABSENT = new Members(JsonNull.INSTANCE);

    private final JsonElement value;

    private Members(JsonElement value) {
        this.value = value;
    }

    /**
     * Looks at a value.
     *
     * @param value may be null
     * @return its view
     */
    public static Members of(JsonElement value) {
        return value == null || value.isJsonNull() ? ABSENT : new Members(value);
    }

    /**
     * A member, or one of a member of it.
     *
     * @param path names, outermost first
     * @return absent if there is none
     */
    public Members at(String... path) {
        JsonElement at = value;
        for (String name : path) {
            if (!(at instanceof JsonObject object)) {
                return ABSENT;
            }
            at = object.get(name);
        }
        return of(at);
    }

    /**
     * Whether there is a value.
     *
     * @return false if it is missing or null
     */
    public boolean isPresent() {
        return !value.isJsonNull();
    }

    /**
     * The elements of an array, those that are null left out.
     *
     * @return empty if this is no array
     */
    public List<Members> list() {
        List<Members> list = new ArrayList<>();
        if (value.isJsonArray()) {
            for (JsonElement element : value.getAsJsonArray()) {
                if (!element.isJsonNull()) {
                    list.add(new Members(element));
                }
            }
        }
        return list;
    }

    /**
     * The members of an object, in their order, those that are null left out.
     *
     * @return empty if this is no object
     */
    public Map<String, Members> map() {
        Map<String, Members> map = new LinkedHashMap<>();
        if (value instanceof JsonObject object) {
            object.entrySet().stream()
                    .filter(entry -> !entry.getValue().isJsonNull())
                    .forEach(entry -> map.put(entry.getKey(), new Members(entry.getValue())));
        }
        return map;
    }

    /**
     * The number that this is.
     *
     * @return NaN if it is none
     */
    public double number() {
        if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
            double number = primitive.getAsDouble();
            return Double.isInfinite(number) ? Double.NaN : number;
        }
        return Double.NaN;
    }

    /**
     * The number of a member.
     *
     * @param path names, outermost first
     * @return NaN if there is none
     */
    public double number(String... path) {
        return at(path).number();
    }

    /**
     * The text that this is, numbers and truth values as they are written.
     *
     * @return empty if it is none
     */
    public String text() {
        return value instanceof JsonPrimitive primitive ? primitive.getAsString() : "";
    }

    /**
     * The text of a member.
     *
     * @param path names, outermost first
     * @return empty if there is none
     */
    public String text(String... path) {
        return at(path).text();
    }

    /**
     * Whether a member is true.
     *
     * @param path names, outermost first
     * @return false if there is none
     */
    public boolean isTrue(String... path) {
        return at(path).value instanceof JsonPrimitive primitive && primitive.isBoolean() && primitive.getAsBoolean();
    }

    /**
     * Whether a member is false.
     *
     * @param path names, outermost first
     * @return also false if there is none
     */
    public boolean isFalse(String... path) {
        return at(path).isPresent() && "false".equals(text(path));
    }

    /**
     * The value itself.
     *
     * @return not to be changed
     */
    public JsonElement json() {
        return value;
    }
}
