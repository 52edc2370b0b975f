package io.github.czi4j.cli;

import io.github.czi4j.CziReader;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.SubblockInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a file's directory holds, in one pass.
 *
 * @param layers a line for each pyramid layer, full resolution first; at least one
 * @param pixelTypes the mix of pixel types
 * @param compressions the mix of compressions
 * @param odd what a user should know of
 */
record DirectorySummary(List<String> layers, String pixelTypes, String compressions, List<String> odd) {

    /** The tiles of one layer. */
    private static final class Layer {
        private int count;
        private final Map<String, Integer> sizes = new HashMap<>();

        /** The most frequent size, and whether there are others. */
        String size() {
            String most = sizes.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey();
            return (sizes.size() == 1 ? "" : "mostly ") + most + " px";
        }
    }

    static DirectorySummary of(CziReader reader) {
        Map<Long, Layer> layers = new TreeMap<>();
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
            if (typeOfChannel.computeIfAbsent(channel, c -> info.pixelType()) != info.pixelType()) {
                mixed++;
            }
            Layer layer = layers.computeIfAbsent(ratio(info), r -> new Layer());
            layer.count++;
            layer.sizes.merge(info.storedWidth() + " × " + info.storedHeight(), 1, Integer::sum);
        }
        List<String> odd = new ArrayList<>();
        if (unsound > 0) {
            odd.add(unsound + " subblocks have no sound place in the directory");
        }
        if (mixed > 0) {
            odd.add(mixed + " tiles have another pixel type than the first of their channel");
        }
        return new DirectorySummary(
                layerLines(layers), mix(types, PixelType::label), mix(compressions, Compression::label), odd);
    }

    /** Edge tiles of a pyramid are not exact: the rounded ratio tells the layer (sheet §8). Negative: stored finer. */
    private static long ratio(SubblockInfo info) {
        double ratio = info.storedWidth() > info.storedHeight()
                ? (double) info.logical().width() / info.storedWidth()
                : (double) info.logical().height() / info.storedHeight();
        return ratio < 0.75 ? -Math.round(1 / ratio) : Math.round(ratio);
    }

    private static List<String> layerLines(Map<Long, Layer> layers) {
        if (layers.isEmpty()) {
            return List.of("none");
        }
        return layers.entrySet().stream()
                .map(entry -> {
                    long ratio = entry.getKey();
                    Layer layer = entry.getValue();
                    String what = ratio == 1
                            ? "of full resolution"
                            : ratio > 1 ? "at 1/" + ratio : "stored " + -ratio + "-fold finer than their place";
                    return layer.count + " " + what + ", " + layer.size();
                })
                .toList();
    }

    private static <T> String mix(Map<T, Integer> counts, Function<T, String> label) {
        if (counts.isEmpty()) {
            return "none";
        }
        if (counts.size() == 1) {
            return label.apply(counts.keySet().iterator().next());
        }
        return counts.entrySet().stream()
                .sorted(Map.Entry.<T, Integer>comparingByValue(Comparator.reverseOrder()))
                .map(entry -> label.apply(entry.getKey()) + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
    }
}
