package io.github.czi4j.metadata;

import io.github.czi4j.model.IndexRange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the document's metadata says, as far as it could be understood (sheet §5). It is not to be trusted with sizes:
 * those come from the directory. Whatever may be missing is optional; numbers have their unit in their names and are
 * finite. Immutable but for the arrays that say so.
 *
 * @param document title, user, software
 * @param image sizes, types, time, optics
 * @param scaling size of a pixel
 * @param channels in the order of the document, which is that of the C index as a rule; at most 10,000
 * @param scenes as far as the document names them
 * @param zAxis positions of the focal planes
 * @param tAxis time points
 * @param instrument what the microscope is made of
 * @param plate the carrier of the specimens
 * @param topography surfaces
 * @param customAttributes values of users and programs, in the order of the document
 * @param problems why some of it could not be understood; empty as a rule
 */
public record DocumentMetadata(
        DocumentInfo document,
        ImageMetadata image,
        ScalingMetadata scaling,
        List<ChannelMetadata> channels,
        List<SceneMetadata> scenes,
        ZAxisMetadata zAxis,
        TAxisMetadata tAxis,
        InstrumentMetadata instrument,
        Optional<Plate> plate,
        List<TopographyItem> topography,
        List<CustomAttribute> customAttributes,
        List<String> problems) {
    private static final String ROOT = "ImageDocument/Metadata";
    private static final String PLATE =
            "Experiment/ExperimentBlocks/AcquisitionBlock/SubDimensionSetups/RegionsSetup/SampleHolder/Template";

    /** What is kept of the document. Thousands of scenes with twenty values each are real; of the rest there is little. */
    private static final List<XmlSelection.Part> PARTS = List.of(
            new XmlSelection.Part("Information/Image", 500_000, 8 << 20),
            new XmlSelection.Part("Information/Instrument", 20_000, 1 << 20),
            new XmlSelection.Part("Information/Document", 1_000, 1 << 20),
            new XmlSelection.Part("Information/Application", 1_000, 1 << 16),
            new XmlSelection.Part("Information/User", 1_000, 1 << 16),
            new XmlSelection.Part("Information/CustomAttributes", 20_000, 4 << 20),
            new XmlSelection.Part("CustomAttributes", 20_000, 4 << 20),
            new XmlSelection.Part("Scaling", 1_000, 1 << 16),
            new XmlSelection.Part("Appliances", 20_000, 1 << 20),
            new XmlSelection.Part(PLATE, 1_000, 1 << 16));

    /**
     * Reads the document's XML. Closed to external entities; never fails.
     *
     * @param xml as {@code CziReader.metadataXml()} gives it; may be empty or damaged
     * @return what could be understood
     */
    public static DocumentMetadata parse(String xml) {
        try {
            return read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
    }

    /**
     * Reads the document's XML in one pass, in memory that does not grow with it. Closed to external entities. XML that
     * is damaged gives what stands before the damage, and a problem.
     *
     * @param xml in UTF-8, with or without a byte order mark and zeros at the end; read to the end, not closed
     * @return what could be understood
     * @throws IOException if the stream fails, not because of what it says
     */
    public static DocumentMetadata read(InputStream xml) throws IOException {
        XmlSelection selection = XmlSelection.read(xml, ROOT, PARTS);
        XmlElement metadata = selection.root();
        XmlElement image = metadata.at("Information/Image");
        return new DocumentMetadata(
                DocumentInfo.of(metadata.at("Information")),
                ImageMetadata.of(image),
                ScalingMetadata.of(metadata.at("Scaling")),
                ChannelMetadata.all(image),
                SceneMetadata.all(image),
                ZAxisMetadata.of(image.at("Dimensions/Z")),
                TAxisMetadata.of(image.at("Dimensions/T")),
                InstrumentMetadata.of(metadata.at("Information/Instrument")),
                Plate.of(metadata.at(PLATE)),
                TopographyItem.all(metadata),
                CustomAttribute.all(metadata),
                selection.problems());
    }

    /**
     * Width of a layer-0 pixel.
     *
     * @return in µm, above 0; empty if not known
     */
    public OptionalDouble pixelSizeX() {
        return scaling.xMicrometres();
    }

    /**
     * Height of a layer-0 pixel.
     *
     * @return in µm, above 0; empty if not known
     */
    public OptionalDouble pixelSizeY() {
        return scaling.yMicrometres();
    }

    /**
     * Distance of focal planes.
     *
     * @return in µm, above 0; empty if not known
     */
    public OptionalDouble pixelSizeZ() {
        return scaling.zMicrometres();
    }

    /**
     * The objective in use: the one that the image names, or the first that is described.
     *
     * @return empty if none is described
     */
    public Optional<InstrumentMetadata.Objective> objective() {
        Optional<String> used = image.optics().objectiveId();
        return instrument.objectives().stream()
                .filter(objective -> used.isPresent() && objective.id().equals(used))
                .findFirst()
                .or(() -> instrument.objectives().stream().findFirst());
    }

    /**
     * When the image was taken, as the document writes it.
     *
     * @return ISO 8601 as a rule; as a point of time see {@link ImageMetadata.Time#acquired()}
     */
    public Optional<String> acquisitionTime() {
        return image.time().stored();
    }

    /**
     * What wrote the document.
     *
     * @return name and version
     */
    public Optional<String> software() {
        return document.software().label();
    }

    /**
     * What the document is called.
     *
     * @return its title, or else its name
     */
    public Optional<String> title() {
        return document.title().or(document::name);
    }

    /**
     * The channels by their C index. Documents that were cut out of larger ones list what is left or all there was: if
     * there are as many entries as indices they go together in their order, else by the index that each gives.
     *
     * @param range the C indices of the file
     * @return a new map; indices that the document does not describe are not in it
     */
    public Map<Integer, ChannelMetadata> channels(IndexRange range) {
        Map<Integer, ChannelMetadata> byIndex = new HashMap<>();
        boolean isInOrder = channels.size() == range.size();
        for (int i = 0; i < channels.size(); i++) {
            ChannelMetadata channel = channels.get(i);
            byIndex.putIfAbsent(isInOrder ? range.min() + i : channel.index(), channel);
        }
        return byIndex;
    }
}
