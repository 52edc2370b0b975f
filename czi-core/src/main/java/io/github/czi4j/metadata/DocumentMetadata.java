package io.github.czi4j.metadata;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the document's metadata says of the image, as far as it could be understood (sheet §5). It is not to be trusted
 * with sizes: those come from the directory.
 *
 * @param pixelSizeX width of a layer-0 pixel in µm, above 0; empty if not known
 * @param pixelSizeY height of a layer-0 pixel in µm, above 0; empty if not known
 * @param pixelSizeZ distance of focal planes in µm, above 0; empty if not known
 * @param channels in the order of the document, which is that of the C index as a rule
 * @param scenes as far as the document names them
 * @param objective the first objective that is described
 * @param acquisitionTime ISO 8601 as stored
 * @param software name and version of the program that wrote the document
 * @param title of the document
 * @param componentBitCount significant bits of a sample, for instance 12 or 14
 * @param problems why some of it could not be understood; empty as a rule
 */
public record DocumentMetadata(
        OptionalDouble pixelSizeX,
        OptionalDouble pixelSizeY,
        OptionalDouble pixelSizeZ,
        List<ChannelMetadata> channels,
        List<SceneMetadata> scenes,
        Optional<ObjectiveMetadata> objective,
        Optional<String> acquisitionTime,
        Optional<String> software,
        Optional<String> title,
        Optional<Integer> componentBitCount,
        List<String> problems) {

    /**
     * A channel.
     *
     * @param id for instance {@code Channel:0}
     * @param name for instance {@code DAPI}
     * @param fluorophore name of the dye
     * @param colour display colour as {@code #AARRGGBB}
     * @param excitation wavelength in nm
     * @param emission wavelength in nm
     */
    public record ChannelMetadata(
            Optional<String> id,
            Optional<String> name,
            Optional<String> fluorophore,
            Optional<String> colour,
            OptionalDouble excitation,
            OptionalDouble emission) {}

    /**
     * A scene.
     *
     * @param index its S index
     * @param name for instance {@code ScanRegion0}, or a well such as {@code A1}
     */
    public record SceneMetadata(int index, Optional<String> name) {}

    /**
     * An objective.
     *
     * @param name for instance {@code Plan-Apochromat 20x/0.8}
     * @param magnification nominal
     * @param numericalAperture of the lens
     * @param immersion for instance {@code Air}
     */
    public record ObjectiveMetadata(
            Optional<String> name,
            OptionalDouble magnification,
            OptionalDouble numericalAperture,
            Optional<String> immersion) {}

    /**
     * Reads the document's XML. Closed to external entities; never fails.
     *
     * @param xml as {@code CziReader.metadataXml()} gives it; may be empty or damaged
     * @return what could be understood
     */
    public static DocumentMetadata parse(String xml) {
        return new MetadataParser().parse(xml);
    }
}
