package io.github.czi4j.bench.environment;

import com.google.gson.JsonObject;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.console.Units;
import io.github.czi4j.model.SubblockInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What of a file matters for its speed, from the directory alone.
 *
 * @param name as it was opened
 * @param bytes size of the file
 * @param subblocks of all layers and planes
 * @param layer0 subblocks of full resolution
 * @param planes number of planes
 * @param compressions number of subblocks of each compression
 * @param bitmaps number of subblocks of each size and pixel type, for instance {@code 1024×1024 gray16}; the rarest of
 *     very many are one entry
 * @param storage where it lies
 */
public record FileFacts(
        String name,
        long bytes,
        int subblocks,
        int layer0,
        int planes,
        Map<String, Integer> compressions,
        Map<String, Integer> bitmaps,
        StorageFacts storage) {
    private static final int MANY = 3;
    private static final int MAX_KINDS = 100;

    /**
     * Looks at a file.
     *
     * @param reader the open file
     * @param storage where it lies
     * @return its facts
     */
    public static FileFacts of(CziReader reader, StorageFacts storage) {
        Map<String, Integer> compressions = new TreeMap<>();
        Map<String, Integer> bitmaps = new TreeMap<>();
        int layer0 = 0;
        for (int i = 0; i < reader.subblockCount(); i++) {
            SubblockInfo info = reader.subblockInfo(i);
            layer0 += info.isLayer0() ? 1 : 0;
            compressions.merge(info.compression().label(), 1, Integer::sum);
            bitmaps.merge(
                    info.storedWidth() + "×" + info.storedHeight() + " "
                            + info.pixelType().label(),
                    1,
                    Integer::sum);
        }
        return new FileFacts(
                reader.fileInfo().name(),
                reader.fileInfo().size(),
                reader.subblockCount(),
                layer0,
                reader.planeCount(),
                compressions,
                common(bitmaps),
                storage);
    }

    private static Map<String, Integer> common(Map<String, Integer> counts) {
        if (counts.size() <= MAX_KINDS) {
            return counts;
        }
        Map<String, Integer> common = new TreeMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .forEach(entry -> common.merge(
                        common.size() < MAX_KINDS ? entry.getKey() : "other", entry.getValue(), Integer::sum));
        return common;
    }

    /**
     * For people.
     *
     * @return lines of the form {@code name  value}
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("file     " + name + ", " + Units.bytes(bytes));
        lines.addAll(storage.lines());
        lines.add("tiles    " + subblocks + " subblocks, " + layer0 + " of full resolution; planes: " + planes
                + "; stored as " + mix(compressions));
        lines.add("bitmaps  " + mix(bitmaps));
        return lines;
    }

    private static String mix(Map<String, Integer> counts) {
        String common = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(MANY)
                .map(entry -> counts.size() == 1 ? entry.getKey() : entry.getKey() + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
        int more = counts.size() - MANY;
        return more > 0 ? common + " and " + more + " other kinds" : common;
    }

    /**
     * For machines.
     *
     * @return the member {@code file} of a report
     */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.addProperty("bytes", bytes);
        json.addProperty("subblocks", subblocks);
        json.addProperty("layer0Subblocks", layer0);
        json.addProperty("planes", planes);
        json.add("compressions", counts(compressions));
        json.add("bitmaps", counts(bitmaps));
        json.add("storage", storage.toJson());
        return json;
    }

    private static JsonObject counts(Map<String, Integer> counts) {
        JsonObject json = new JsonObject();
        counts.forEach(json::addProperty);
        return json;
    }
}
