package io.github.czi4j.metadata;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A scene as the document describes it, {@code Information/Image/Dimensions/S/Scenes/Scene} (sheet §5.2). For scenes with
 * what the directory knows of them see {@link Scene}.
 *
 * @param index its S index
 * @param name for instance {@code ScanRegion0}, or a well such as {@code A1}
 * @param centre of the scene's bounding box on the stage
 * @param positions of the stage, one or several; the list may be incomplete
 * @param contour outline of the region that was asked for
 * @param regionId number that the acquisition gave it
 * @param scanMode order of the tiles, for instance {@code Meander}
 * @param grid columns and rows of tiles
 * @param arrayName well or place in an array, for instance {@code A1}
 * @param container the container of the carrier that it lies in
 * @param pyramid what the document says of its pyramid
 */
public record SceneMetadata(
        int index,
        Optional<String> name,
        Optional<StagePosition> centre,
        List<StagePosition> positions,
        Optional<Contour> contour,
        Optional<String> regionId,
        Optional<String> scanMode,
        Grid grid,
        Optional<String> arrayName,
        Optional<Container> container,
        Optional<PyramidInfo> pyramid) {

    /**
     * An outline.
     *
     * @param type for instance {@code Rectangle}, {@code Polygon}, {@code Ellipse}
     * @param widthMicrometres of its bounding box
     * @param heightMicrometres of its bounding box
     */
    public record Contour(Optional<String> type, OptionalDouble widthMicrometres, OptionalDouble heightMicrometres) {
        static Optional<Contour> of(Optional<String> type, Optional<double[]> size) {
            return type.isEmpty() && size.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Contour(
                            type,
                            size.map(s -> OptionalDouble.of(s[0])).orElse(OptionalDouble.empty()),
                            size.map(s -> OptionalDouble.of(s[1])).orElse(OptionalDouble.empty())));
        }
    }

    /**
     * Tiles side by side.
     *
     * @param columns from left to right
     * @param rows from top to bottom
     */
    public record Grid(OptionalInt columns, OptionalInt rows) {}

    /**
     * A container of the carrier, for instance a well, {@code Shape}.
     *
     * @param id for instance {@code 4-6}: row and column
     * @param name for instance {@code D6}
     * @param row from 1
     * @param column from 1
     * @param centre on the stage
     * @param contour its outline
     */
    public record Container(
            Optional<String> id,
            Optional<String> name,
            OptionalInt row,
            OptionalInt column,
            Optional<StagePosition> centre,
            Optional<Contour> contour) {
        static Optional<Container> of(XmlElement shape) {
            if (shape == XmlElement.NONE) {
                return Optional.empty();
            }
            return Optional.of(new Container(
                    shape.attribute("Id"),
                    shape.attribute("Name"),
                    shape.positiveInteger("RowIndex"),
                    shape.positiveInteger("ColumnIndex"),
                    StagePosition.ofPair(shape, "CenterPosition"),
                    Contour.of(shape.at("Contour").attribute("Type"), shape.pair("Size"))));
        }
    }

    /**
     * What the document says of a pyramid; the directory knows better.
     *
     * @param layers above layer 0
     * @param minificationFactor from one layer to the next
     * @param minificationMethod for instance {@code Gaussian}
     * @param isSane whether the writer was content with it
     */
    public record PyramidInfo(
            OptionalInt layers,
            OptionalDouble minificationFactor,
            Optional<String> minificationMethod,
            boolean isSane) {
        static Optional<PyramidInfo> of(XmlElement pyramid) {
            if (pyramid == XmlElement.NONE) {
                return Optional.empty();
            }
            return Optional.of(new PyramidInfo(
                    pyramid.integer("PyramidLayersCount"),
                    pyramid.positive("MinificationFactor"),
                    pyramid.text("MinificationMethod"),
                    pyramid.flag("IsSane").orElse(false)));
        }
    }

    /** All scenes that have an index; others mean nothing. */
    static List<SceneMetadata> all(XmlElement image) {
        return image.all("Dimensions/S/Scenes/Scene").stream()
                .filter(scene -> XmlElement.integer(scene.attribute("Index")).isPresent())
                .map(SceneMetadata::of)
                .toList();
    }

    private static SceneMetadata of(XmlElement scene) {
        return new SceneMetadata(
                XmlElement.integer(scene.attribute("Index")).getAsInt(),
                scene.attribute("Name"),
                StagePosition.ofPair(scene, "CenterPosition"),
                scene.all("Positions/Position").stream()
                        .flatMap(position -> StagePosition.ofAttributes(position).stream())
                        .toList(),
                Contour.of(scene.text("ContourType"), scene.pair("ContourSize")),
                scene.text("RegionId"),
                scene.text("ScanMode"),
                new Grid(scene.positiveInteger("Columns"), scene.positiveInteger("Rows")),
                scene.text("ArrayName"),
                Container.of(scene.at("Shape")),
                PyramidInfo.of(scene.at("PyramidInfo")));
    }
}
