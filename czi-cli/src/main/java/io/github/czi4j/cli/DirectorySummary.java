package io.github.czi4j.cli;

import io.github.czi4j.CziReader;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.SubblockInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a file's directory holds, in one pass.
 *
 * @param layers the pyramid, full resolution first; empty if no subblock has a place
 * @param pixelTypes number of subblocks of each pixel type, the most frequent first
 * @param compressions number of subblocks of each compression, the most frequent first
 * @param odd what a user should know of
 */
record DirectorySummary(
        List<Layer> layers, Map<String, Integer> pixelTypes, Map<String, Integer> compressions, List<String> odd) {

    /**
     * The tiles of one scale.
     *
     * @param ratio pixels of full resolution for one of the layer; negative: so many stored pixels for one
     * @param count number of tiles
     * @param width the most frequent stored width
     * @param height the height that goes with it
     * @param isUniform whether all tiles have that size
     */
    record Layer(long ratio, int count, int width, int height, boolean isUniform) {
        static Layer of(long ratio, Map<Long, Integer> sizes) {
            // Of sizes that are equally frequent the largest: edge tiles are cut.
            Comparator<Map.Entry<Long, Integer>> byCount = Map.Entry.comparingByValue();
            long most = Collections.max(sizes.entrySet(), byCount.thenComparing(Map.Entry.comparingByKey()))
                    .getKey();
            int count = sizes.values().stream().mapToInt(Integer::intValue).sum();
            return new Layer(ratio, count, (int) (most >> 32), (int) most, sizes.size() == 1);
        }
    }

    static DirectorySummary of(CziReader reader) {
        // By ratio and then by size, two ints in a long: no text is made for each of a million tiles.
        Map<Long, Map<Long, Integer>> sizes = new TreeMap<>();
        Map<PixelType, Integer> types = new EnumMap<>(PixelType.class);
        Map<Compression, Integer> compressions = new EnumMap<>(Compression.class);
        Map<Integer, PixelType> typeOfChannel = new HashMap<>();
        int mixed = 0;
        int unsound = 0;
        for (int index = 0; index < reader.subblockCount(); index++) {
            SubblockInfo info = reader.subblockInfo(index);
            types.merge(info.pixelType(), 1, Integer::sum);
            compressions.merge(info.compression(), 1, Integer::sum);
            if (info.logical().isEmpty()) {
                unsound++;
                continue;
            }
            int channel = info.coordinate().getOrDefault(Dimension.C, 0);
            PixelType first = typeOfChannel.putIfAbsent(channel, info.pixelType());
            if (first != null && first != info.pixelType()) {
                mixed++;
            }
            sizes.computeIfAbsent(ratio(info), r -> new HashMap<>())
                    .merge((long) info.storedWidth() << 32 | info.storedHeight(), 1, Integer::sum);
        }
        List<String> odd = new ArrayList<>();
        if (unsound > 0) {
            odd.add(unsound + " subblocks have no sound place in the directory");
        }
        if (mixed > 0) {
            odd.add(mixed + " tiles have another pixel type than the first of their channel");
        }
        return new DirectorySummary(
                sizes.entrySet().stream()
                        .map(entry -> Layer.of(entry.getKey(), entry.getValue()))
                        .toList(),
                byFrequency(types, PixelType::label),
                byFrequency(compressions, Compression::label),
                odd);
    }

    /** Edge tiles of a pyramid are not exact: the rounded ratio tells the layer (sheet §8). */
    private static long ratio(SubblockInfo info) {
        double ratio = info.storedWidth() > info.storedHeight()
                ? (double) info.logical().width() / info.storedWidth()
                : (double) info.logical().height() / info.storedHeight();
        return ratio < 0.75 ? -Math.round(1 / ratio) : Math.round(ratio);
    }

    private static <T> Map<String, Integer> byFrequency(Map<T, Integer> counts, Function<T, String> label) {
        Map<String, Integer> result = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<T, Integer>comparingByValue(Comparator.reverseOrder()))
                .forEach(entry -> result.put(label.apply(entry.getKey()), entry.getValue()));
        return result;
    }
}
