package io.github.czi4j.ome;

import io.github.czi4j.metadata.ChannelMetadata;
import io.github.czi4j.metadata.Scene;
import io.github.czi4j.metadata.SceneMetadata;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.IndexRange;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.SubblockGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An image in the sense of OME: a scene, or a file without scenes. OME knows five dimensions, so rotations,
 * illuminations, phases, views and blocks become channels: for each channel all of them, B fastest, then V, H, I, R.
 *
 * @param name of the image
 * @param box in pixels of layer 0, not empty
 * @param contents planes and pixel types
 * @param scene the scene as the document describes it
 * @param stored the scene; empty for a file without scenes
 */
record OmeImage(String name, Rect box, SubblockGroup contents, Optional<SceneMetadata> scene, Optional<Scene> stored) {
    private static final List<Dimension> FOLDED =
            List.of(Dimension.R, Dimension.I, Dimension.H, Dimension.V, Dimension.B);

    /** From the type with the smallest range to that with the largest; all channels of an image share one. */
    private static final List<PixelType.Sample> BY_RANGE = List.of(
            PixelType.Sample.UINT8,
            PixelType.Sample.UINT16,
            PixelType.Sample.INT32,
            PixelType.Sample.FLOAT32,
            PixelType.Sample.FLOAT64);

    /**
     * A channel.
     *
     * @param samples of a pixel, for instance 3 for colour
     * @param metadata what the document says of it
     * @param suffix says which of the folded indices it has; may be empty
     */
    record Channel(int samples, Optional<ChannelMetadata> metadata, String suffix) {}

    /** The images of a file: scenes that have subblocks of a known pixel type, or the whole. */
    static List<OmeImage> all(OmeInput input) {
        List<OmeImage> images = new ArrayList<>();
        for (Scene scene : input.scenes()) {
            if (scene.isStored()) {
                String name = scene.name().orElse("Scene " + scene.index());
                scene.contents()
                        .map(contents -> new OmeImage(
                                input.name() + " #" + name,
                                scene.image(),
                                contents,
                                scene.metadata(),
                                Optional.of(scene)))
                        .filter(OmeImage::hasPixels)
                        .ifPresent(images::add);
            }
        }
        if (input.bounds().scenes().isEmpty()) {
            // Of a file with one region some programs describe the scene without giving its tiles an index.
            Optional<SceneMetadata> only = Optional.of(input.metadata().scenes())
                    .filter(list -> list.size() == 1)
                    .map(list -> list.get(0));
            Stream.of(new OmeImage(input.name(), input.bounds().image(), input.contents(), only, Optional.empty()))
                    .filter(OmeImage::hasPixels)
                    .forEach(images::add);
        }
        return images;
    }

    private boolean hasPixels() {
        return !box.isEmpty() && contents.pixelTypes().values().stream().anyMatch(type -> type != PixelType.UNKNOWN);
    }

    /** Number of channels, folded dimensions included; may be beyond an int. */
    long channelCount() {
        double count = contents.size(Dimension.C);
        for (Dimension dimension : FOLDED) {
            count *= contents.size(dimension);
        }
        return (long) count;
    }

    /** The dimensions that become channels because they have more than one index. */
    List<Dimension> folded() {
        return FOLDED.stream().filter(dimension -> contents.size(dimension) > 1).toList();
    }

    List<Channel> channels(Map<Integer, ChannelMetadata> described) {
        List<String> suffixes = suffixes();
        List<Channel> channels = new ArrayList<>();
        IndexRange range = contents.dimensions().getOrDefault(Dimension.C, new IndexRange(0, 0));
        for (long c = range.min(); c <= range.max(); c++) {
            PixelType type = contents.pixelTypes().getOrDefault((int) c, PixelType.UNKNOWN);
            Optional<ChannelMetadata> metadata = Optional.ofNullable(described.get((int) c));
            for (String suffix : suffixes) {
                channels.add(new Channel(samples(type), metadata, suffix));
            }
        }
        return channels;
    }

    private List<String> suffixes() {
        List<Coordinate> combinations = List.of(Coordinate.EMPTY);
        for (Dimension dimension : folded()) {
            List<Coordinate> longer = new ArrayList<>();
            IndexRange range = contents.dimensions().get(dimension);
            for (Coordinate begun : combinations) {
                for (long index = range.min(); index <= range.max(); index++) {
                    longer.add(begun.with(dimension, (int) index));
                }
            }
            combinations = longer;
        }
        return combinations.stream()
                .map(combination -> combination.equals(Coordinate.EMPTY) ? "" : " " + combination)
                .toList();
    }

    /** A channel without tiles, or with tiles of no known type, is one of the usual sort. */
    private static int samples(PixelType type) {
        return switch (type) {
            case BGR24, BGR48, BGR96_FLOAT, BGR192_COMPLEX_FLOAT -> 3;
            case BGRA32 -> 4;
            default -> 1;
        };
    }

    /** The type in OME's words that can hold all channels. */
    String pixelType() {
        boolean isComplex = contents.pixelTypes().values().stream()
                .anyMatch(type -> type == PixelType.GRAY64_COMPLEX_FLOAT || type == PixelType.BGR192_COMPLEX_FLOAT);
        if (isComplex) {
            return "complex";
        }
        return switch (widest()) {
            case UINT8 -> "uint8";
            case UINT16 -> "uint16";
            case INT32 -> "int32";
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
        };
    }

    private PixelType.Sample widest() {
        return contents.pixelTypes().values().stream()
                .filter(type -> type != PixelType.UNKNOWN)
                .map(PixelType::sample)
                .max(Comparator.comparing(BY_RANGE::indexOf))
                .orElseThrow();
    }

    /** Bits of a sample if it is an integer, else 0. */
    int integerBits() {
        PixelType.Sample sample = widest();
        return sample == PixelType.Sample.FLOAT32 || sample == PixelType.Sample.FLOAT64 ? 0 : 8 * sample.bytes();
    }

    long planeCount() {
        return (long) ((double) channelCount() * contents.size(Dimension.Z) * contents.size(Dimension.T));
    }
}
