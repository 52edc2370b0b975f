package io.github.czi4j.ome;

import io.github.czi4j.metadata.ChannelMetadata;
import io.github.czi4j.metadata.CustomAttribute;
import io.github.czi4j.metadata.DocumentInfo;
import io.github.czi4j.metadata.DocumentMetadata;
import io.github.czi4j.metadata.SceneMetadata;
import io.github.czi4j.metadata.StagePosition;
import io.github.czi4j.metadata.TAxisMetadata;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.IndexRange;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The metadata of a file as OME-XML of the schema 2016-06, without pixels ({@code MetadataOnly}). The document is valid
 * whatever the metadata say: what the schema would refuse is left out.
 *
 * <ul>
 *   <li>Each scene that has pixels is an {@code Image} of the size of its layer-0 box, and so is a file without scenes.
 *       Tiles and pyramid layers do not show.
 *   <li>Sizes and pixel types are those of the directory, all else is what the document says. SizeZ, SizeC and SizeT
 *       count from the lowest to the highest index of the scene.
 *   <li>Rotations, illuminations, phases, views and blocks become channels, see {@code FoldedDimensions} among the
 *       annotations; their names tell which they are.
 *   <li>An RGB channel is one {@code Channel} with three samples, and counts three in SizeC.
 *   <li>Scenes that lie in wells make a {@code Plate}.
 *   <li>Custom attributes are a {@code MapAnnotation}.
 * </ul>
 */
public final class OmeXml {
    private static final Set<String> MODES = Set.of(
            "WideField",
            "LaserScanningConfocalMicroscopy",
            "SpinningDiskConfocal",
            "SlitScanConfocal",
            "MultiPhotonMicroscopy",
            "StructuredIllumination",
            "SingleMoleculeImaging",
            "TotalInternalReflection",
            "FluorescenceLifetime",
            "SpectralImaging",
            "FluorescenceCorrelationSpectroscopy",
            "PALM",
            "STORM",
            "STED",
            "TIRF",
            "SPIM",
            "BrightField");
    private static final Set<String> CONTRASTS = Set.of(
            "Brightfield",
            "Phase",
            "DIC",
            "HoffmanModulation",
            "ObliqueIllumination",
            "PolarizedLight",
            "Darkfield",
            "Fluorescence");
    private static final Set<String> ILLUMINATIONS = Set.of("Transmitted", "Epifluorescence", "Oblique", "NonLinear");
    private static final Set<String> BINNINGS = Set.of("1x1", "2x2", "4x4", "8x8");
    private static final String EXPERIMENTER = "Experimenter:0";
    private static final String ATTRIBUTES = "Annotation:0";
    private static final String FOLDED = "Annotation:1";

    /** So many planes in all get an element each; there may be millions. */
    private static final int MAX_PLANES = 100_000;

    /** Characters of a description, which each image has. */
    private static final int MAX_DESCRIPTION = 10_000;

    /** Of the document: in the buffer, its copy and the result. */
    private static final double BYTES_PER_CHARACTER = 6;

    /** Steps between time points may differ by this part of their mean and still be one increment. */
    private static final double EVEN = 0.05;

    private final OmeInput input;
    private final DocumentMetadata metadata;
    private final List<OmeImage> images;
    private final OmeInstrument instrument;
    private final Optional<String> objectiveId;
    private final Map<Integer, ChannelMetadata> described;
    private final int componentBits;
    private final boolean hasExposures;
    private final boolean hasFewPlanes;
    private final OmeWriter out = new OmeWriter();

    private OmeXml(OmeInput input) {
        this.input = input;
        this.metadata = input.metadata();
        this.images = OmeImage.all(input);
        this.instrument = new OmeInstrument(metadata.instrument());
        this.objectiveId = instrument.objective(metadata.objective());
        this.described =
                metadata.channels(input.contents().dimensions().getOrDefault(Dimension.C, new IndexRange(0, 0)));
        int most = metadata.channels().stream()
                .mapToInt(channel -> channel.componentBitCount().orElse(0))
                .max()
                .orElse(0);
        this.componentBits =
                most > 0 ? most : metadata.image().componentBitCount().orElse(0);
        this.hasExposures = metadata.channels().stream()
                .anyMatch(channel -> channel.acquisition().exposureNanoseconds().isPresent());
        this.hasFewPlanes = totalPlanes(images) <= MAX_PLANES;
    }

    private static double totalPlanes(List<OmeImage> images) {
        return images.stream().mapToDouble(OmeImage::planeCount).sum();
    }

    /**
     * Writes the document.
     *
     * @param input what it is made of
     * @return indented, in lines, with an XML declaration that says UTF-8
     */
    public static String of(OmeInput input) {
        return new OmeXml(input).write();
    }

    /**
     * Heap that {@link #of} needs, roughly: the dimensions of a hostile file may ask for any number of channels.
     *
     * @param input what it is to be made of
     * @return bytes
     */
    public static long heapBytes(OmeInput input) {
        List<OmeImage> images = OmeImage.all(input);
        double bytes = totalPlanes(images) <= MAX_PLANES ? 600 * totalPlanes(images) : 0;
        int description = description(input.metadata()).map(String::length).orElse(0);
        int names = input.metadata().channels().stream()
                .mapToInt(channel -> length(channel.name()) + length(channel.fluorophore()))
                .max()
                .orElse(0);
        for (OmeImage image : images) {
            bytes += 6_000 + BYTES_PER_CHARACTER * (description + length(Optional.of(image.name())));
            bytes += (4_000.0 + BYTES_PER_CHARACTER * names) * image.channelCount();
        }
        for (CustomAttribute attribute : input.metadata().customAttributes()) {
            bytes += BYTES_PER_CHARACTER
                    * (attribute.key().length() + (double) attribute.value().length());
        }
        return (long) bytes;
    }

    private static int length(Optional<String> text) {
        return Math.min(OmeWriter.MAX_ATTRIBUTE, text.map(String::length).orElse(0));
    }

    private String write() {
        out.start("OME").attribute("Creator", "czi4j");
        new OmePlate(images).write(out);
        boolean hasExperimenter = writeExperimenter(metadata.document().user());
        if (!instrument.isEmpty()) {
            instrument.write(out);
        }
        for (int i = 0; i < images.size(); i++) {
            writeImage(images.get(i), i, hasExperimenter);
        }
        writeAnnotations();
        return out.end().finish();
    }

    private boolean writeExperimenter(DocumentInfo.User user) {
        Optional<String> account = user.userName().or(user::displayName);
        if (account.isEmpty() && user.lastName().isEmpty() && user.email().isEmpty()) {
            return false;
        }
        out.start("Experimenter")
                .attribute("ID", EXPERIMENTER)
                .attribute("UserName", account)
                .attribute("FirstName", user.firstName())
                .attribute("LastName", user.lastName())
                .attribute("Email", user.email())
                .end();
        return true;
    }

    private void writeImage(OmeImage image, int number, boolean hasExperimenter) {
        out.start("Image").attribute("ID", "Image:" + number).attribute("Name", image.name());
        out.element(
                "AcquisitionDate",
                metadata.image()
                        .time()
                        .acquired()
                        .or(metadata.tAxis()::start)
                        .map(DateTimeFormatter.ISO_INSTANT::format));
        if (hasExperimenter) {
            out.start("ExperimenterRef").attribute("ID", EXPERIMENTER).end();
        }
        out.element("Description", description(metadata));
        if (!instrument.isEmpty()) {
            out.start("InstrumentRef").attribute("ID", OmeInstrument.ID).end();
        }
        instrument
                .objective(metadata.objective())
                .ifPresent(id -> out.start("ObjectiveSettings")
                        .attribute("ID", id)
                        .choice("Medium", metadata.image().optics().medium(), OmeInstrument.MEDIA)
                        .number("RefractiveIndex", metadata.image().optics().refractiveIndex())
                        .end());
        image.scene().ifPresent(this::writeStageLabel);
        writePixels(image, number);
        if (!metadata.customAttributes().isEmpty()) {
            out.start("AnnotationRef").attribute("ID", ATTRIBUTES).end();
        }
        if (!image.folded().isEmpty()) {
            out.start("AnnotationRef").attribute("ID", FOLDED).end();
        }
        out.end();
    }

    private static Optional<String> description(DocumentMetadata metadata) {
        return metadata.document()
                .description()
                .or(metadata.document()::comment)
                .map(text -> OmeWriter.cut(text, MAX_DESCRIPTION));
    }

    private void writeStageLabel(SceneMetadata scene) {
        Optional<StagePosition> position =
                scene.centre().or(() -> scene.positions().stream().findFirst());
        out.start("StageLabel").attribute("Name", scene.name().orElse("Scene " + scene.index()));
        position.ifPresent(stage -> {
            coordinate("X", OptionalDouble.of(stage.xMicrometres()));
            coordinate("Y", OptionalDouble.of(stage.yMicrometres()));
            coordinate("Z", stage.zMicrometres());
        });
        out.end();
    }

    private void coordinate(String axis, OptionalDouble micrometres) {
        if (micrometres.isPresent() && Float.isFinite((float) micrometres.getAsDouble())) {
            out.number(axis, micrometres).attribute(axis + "Unit", "µm");
        }
    }

    private void writePixels(OmeImage image, int number) {
        List<OmeImage.Channel> channels = image.channels(described);
        out.start("Pixels")
                .attribute("ID", "Pixels:" + number)
                .attribute("DimensionOrder", "XYCZT")
                .attribute("Type", image.pixelType())
                .attribute("SignificantBits", significantBits(image))
                .attribute("BigEndian", "false")
                .attribute("SizeX", image.box().width())
                .attribute("SizeY", image.box().height())
                .attribute("SizeZ", size(image, Dimension.Z))
                .attribute(
                        "SizeC",
                        channels.stream().mapToInt(OmeImage.Channel::samples).sum())
                .attribute("SizeT", size(image, Dimension.T))
                .positive("PhysicalSizeX", metadata.pixelSizeX(), "µm")
                .positive("PhysicalSizeY", metadata.pixelSizeY(), "µm")
                .positive("PhysicalSizeZ", metadata.pixelSizeZ(), "µm")
                .positive("TimeIncrement", timeIncrement(metadata.tAxis()), "s");
        for (int c = 0; c < channels.size(); c++) {
            writeChannel(channels.get(c), "Channel:" + number + ":" + c);
        }
        out.start("MetadataOnly").end();
        if (hasFewPlanes && (hasExposures || hasTimes(image))) {
            writePlanes(image, channels);
        }
        out.end();
    }

    private static int size(OmeImage image, Dimension dimension) {
        return (int) Math.min(Integer.MAX_VALUE, image.contents().size(dimension));
    }

    private OptionalInt significantBits(OmeImage image) {
        return componentBits > 0 && componentBits <= image.integerBits()
                ? OptionalInt.of(componentBits)
                : OptionalInt.empty();
    }

    private static OptionalDouble timeIncrement(TAxisMetadata axis) {
        double[] offsets = axis.offsetsSeconds();
        if (axis.incrementSeconds().isPresent() || offsets.length < 2) {
            return axis.incrementSeconds();
        }
        double mean = (offsets[offsets.length - 1] - offsets[0]) / (offsets.length - 1);
        for (int i = 1; i < offsets.length; i++) {
            if (!(Math.abs(offsets[i] - offsets[i - 1] - mean) <= EVEN * mean)) {
                return OptionalDouble.empty();
            }
        }
        return OptionalDouble.of(mean);
    }

    private void writeChannel(OmeImage.Channel channel, String id) {
        out.start("Channel").attribute("ID", id);
        Optional<String> name = channel.metadata().flatMap(known -> known.name().or(known::fluorophore));
        if (name.isPresent() || !channel.suffix().isEmpty()) {
            out.attribute("Name", (name.orElse("") + channel.suffix()).strip());
        }
        out.attribute("SamplesPerPixel", channel.samples());
        channel.metadata().ifPresent(this::writeChannelMetadata);
        out.end();
    }

    private void writeChannelMetadata(ChannelMetadata channel) {
        ChannelMetadata.Acquisition acquisition = channel.acquisition();
        out.choice("IlluminationType", acquisition.illuminationType(), ILLUMINATIONS)
                .choice("AcquisitionMode", acquisition.mode(), MODES)
                .choice("ContrastMethod", acquisition.contrastMethod(), CONTRASTS)
                .positive("PinholeSize", acquisition.pinholeMicrometres(), "µm")
                .positive("ExcitationWavelength", channel.excitationNanometres(), "nm")
                .positive("EmissionWavelength", channel.emissionNanometres(), "nm")
                .attribute("Fluor", channel.fluorophore());
        if (channel.argb().isPresent()) {
            // OME's colours are R, G, B, A from the highest byte on, in a signed int.
            out.attribute("Color", Integer.rotateLeft(channel.argb().getAsInt(), 8));
        }
        // The schema has room for one light.
        channel.lightSources().stream()
                .filter(light -> instrument.lightSource(light.lightSourceId()).isPresent())
                .findFirst()
                .ifPresent(light -> out.start("LightSourceSettings")
                        .attribute("ID", instrument.lightSource(light.lightSourceId()))
                        .fraction("Attenuation", light.attenuation())
                        .positive("Wavelength", light.wavelengthNanometres(), "nm")
                        .end());
        ChannelMetadata.DetectorSettings detector = channel.detector();
        instrument
                .detector(detector.detectorId())
                .ifPresent(id -> out.start("DetectorSettings")
                        .attribute("ID", id)
                        .number("Gain", detector.gain())
                        .number("Offset", detector.offset())
                        .choice("Binning", detector.binning().map(text -> text.replace(',', 'x')), BINNINGS)
                        .end());
        instrument
                .filterSet(acquisition.filterSetId())
                .ifPresent(id -> out.start("FilterSetRef").attribute("ID", id).end());
    }

    private boolean hasTimes(OmeImage image) {
        return metadata.tAxis().offsetsSeconds().length == size(image, Dimension.T);
    }

    private void writePlanes(OmeImage image, List<OmeImage.Channel> channels) {
        double[] offsets = metadata.tAxis().offsetsSeconds();
        boolean hasTimes = hasTimes(image);
        for (int t = 0; t < size(image, Dimension.T); t++) {
            for (int z = 0; z < size(image, Dimension.Z); z++) {
                for (int c = 0; c < channels.size(); c++) {
                    out.start("Plane").attribute("TheZ", z).attribute("TheT", t).attribute("TheC", c);
                    if (hasTimes && Float.isFinite((float) offsets[t])) {
                        out.number("DeltaT", OptionalDouble.of(offsets[t])).attribute("DeltaTUnit", "s");
                    }
                    channels.get(c)
                            .metadata()
                            .map(channel -> channel.acquisition().exposureNanoseconds())
                            .filter(OptionalDouble::isPresent)
                            .ifPresent(exposure ->
                                    out.positive("ExposureTime", OptionalDouble.of(exposure.getAsDouble() / 1e9), "s"));
                    out.end();
                }
            }
        }
    }

    private void writeAnnotations() {
        List<Dimension> folded = Arrays.stream(Dimension.values())
                .filter(dimension ->
                        images.stream().anyMatch(image -> image.folded().contains(dimension)))
                .toList();
        if (metadata.customAttributes().isEmpty() && folded.isEmpty()) {
            return;
        }
        out.start("StructuredAnnotations");
        if (!metadata.customAttributes().isEmpty()) {
            startMap(ATTRIBUTES, "czi4j/CustomAttributes");
            for (CustomAttribute attribute : metadata.customAttributes()) {
                entry(attribute.key(), attribute.value());
            }
            out.end().end();
        }
        if (!folded.isEmpty()) {
            startMap(FOLDED, "czi4j/FoldedDimensions");
            for (Dimension dimension : folded) {
                entry(
                        dimension.name(),
                        input.contents().dimensions().get(dimension).toString());
            }
            out.end().end();
        }
        out.end();
    }

    private void startMap(String id, String namespace) {
        out.start("MapAnnotation")
                .attribute("ID", id)
                .attribute("Namespace", namespace)
                .start("Value");
    }

    private void entry(String key, String value) {
        out.start("M").attribute("K", key).characters(value).end();
    }
}
