package io.github.czi4j.bench.menu;

import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.console.Units;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.metadata.ChannelMetadata;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.IndexRange;
import io.github.czi4j.model.Rect;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What questions about a file need to know.
 *
 * @param path the file
 * @param bytes its size
 * @param image what it shows, in pixels of full resolution
 * @param subblocks their number, of all layers
 * @param channels their indices, empty if it has no such dimension
 * @param channelNames in the order of the metadata, empty where nothing is known
 * @param scenes their indices
 */
record FileLook(
        Path path,
        long bytes,
        Rect image,
        int subblocks,
        Optional<IndexRange> channels,
        List<String> channelNames,
        TreeSet<Integer> scenes) {

    /** Opens a file without mapping it, so that its pages can be dropped later. */
    static FileLook of(Path path) throws CziException {
        CziOptions looking = CziOptions.defaults().io(FileByteSource.Mode.CHANNEL);
        try (CziReader reader = CziReader.open(path, looking)) {
            return new FileLook(
                    path,
                    reader.fileInfo().size(),
                    reader.bounds().image(),
                    reader.subblockCount(),
                    reader.bounds().range(Dimension.C),
                    names(reader),
                    new TreeSet<>(reader.bounds().scenes().keySet()));
        }
    }

    private static List<String> names(CziReader reader) {
        try {
            return reader.metadata().channels().stream()
                    .map(ChannelMetadata::name)
                    .map(name -> name.orElse("").replaceAll("\\p{Cntrl}", "?"))
                    .toList();
        } catch (CziException e) {
            return List.of();
        }
    }

    boolean hasChannels() {
        return channels.isPresent() && channels.get().size() > 1;
    }

    boolean hasScenes() {
        return scenes.size() > 1;
    }

    /** For instance {@code 174 MB, 4608 × 4608 px, 100 tiles, 2 channels, 3 scenes}. */
    String summary() {
        return Units.bytes(bytes) + ", " + image.width() + " × " + image.height() + " px, " + count(subblocks, "tile")
                + (hasChannels() ? ", " + count(channels.get().size(), "channel") : "")
                + (hasScenes() ? ", " + count(scenes.size(), "scene") : "");
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** For instance {@code 0 DAPI, 1 GFP}, in so many columns. */
    String channelList(int columns) {
        if (channels.isEmpty()) {
            return "";
        }
        IndexRange range = channels.get();
        StringBuilder list = new StringBuilder();
        boolean isNamed =
                channelNames.size() == range.size() && channelNames.stream().noneMatch(String::isBlank);
        if (!isNamed || range.min() != 0) {
            return range.min() + " to " + range.max();
        }
        for (int i = 0; i < channelNames.size(); i++) {
            list.append(i == 0 ? "" : ", ").append(i).append(' ').append(channelNames.get(i));
        }
        return Dialog.shortened(list.toString(), columns);
    }

    /** For instance {@code 0 to 3}, or {@code 0, 2, 5}. */
    String sceneList(int columns) {
        boolean hasGaps = scenes.last() - scenes.first() + 1 != scenes.size();
        return hasGaps
                ? Dialog.shortened(
                        String.join(", ", scenes.stream().map(String::valueOf).toList()), columns)
                : scenes.first() + " to " + scenes.last();
    }
}
