package io.github.czi4j.metadata;

import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.PixelType;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What the document says of the image as a whole, {@code Information/Image} (sheet §5.2).
 *
 * @param claimedSizes {@code SizeX} … as they are written, any integers: some writers give the size of one tile, or
 *     −1. The directory knows better, see {@link io.github.czi4j.model.Bounds}
 * @param claimedStarts {@code StartX} …, lowest indices as they are written; most documents have none
 * @param pixelType of the first or only channel
 * @param componentBitCount significant bits of a sample, for instance 12 or 14
 * @param time when the image was taken
 * @param encoding how the pixels were compressed
 * @param optics what the image was taken through
 * @param coverGlass over the specimen
 * @param stageTransform from pixels to the stage
 * @param tracks identifiers of the channels that were taken at the same time, track by track
 */
public record ImageMetadata(
        Map<Dimension, Integer> claimedSizes,
        Map<Dimension, Integer> claimedStarts,
        Optional<PixelType> pixelType,
        OptionalInt componentBitCount,
        Time time,
        Encoding encoding,
        Optics optics,
        Optional<CoverGlass> coverGlass,
        Optional<StageTransform> stageTransform,
        List<List<String>> tracks) {

    /**
     * When an image was taken.
     *
     * @param stored {@code AcquisitionDateAndTime} as it is written
     * @param acquired the same as a point of time; without a zone it is taken for UTC. Empty if it is none, or the year 1
     *     that stands for nothing
     * @param durationMilliseconds {@code AcquisitionDuration}
     */
    public record Time(Optional<String> stored, Optional<Instant> acquired, OptionalDouble durationMilliseconds) {
        static Time of(XmlElement image) {
            Optional<String> stored = image.text("AcquisitionDateAndTime");
            return new Time(stored, stored.flatMap(Times::parse), image.number("AcquisitionDuration"));
        }
    }

    /**
     * How the pixels were compressed, for information: each subblock knows its own compression.
     *
     * @param originalMethod for instance {@code Uncompressed}
     * @param originalQuality from 0 to 100
     * @param currentParameters for instance {@code Lossless: True}
     */
    public record Encoding(
            Optional<String> originalMethod, OptionalDouble originalQuality, Optional<String> currentParameters) {
        static Encoding of(XmlElement image) {
            return new Encoding(
                    image.text("OriginalCompressionMethod"),
                    image.number("OriginalEncodingQuality"),
                    image.text("CurrentCompressionParameters"));
        }
    }

    /**
     * What the image was taken through.
     *
     * @param objectiveId which of {@link InstrumentMetadata#objectives()} was in use
     * @param medium between specimen and lens, for instance {@code Air}
     * @param refractiveIndex of the medium
     * @param microscopeId which of {@link InstrumentMetadata#microscopes()}
     * @param tubeLensIds which of {@link InstrumentMetadata#tubeLenses()}
     * @param totalMagnification through the eyepiece
     */
    public record Optics(
            Optional<String> objectiveId,
            Optional<String> medium,
            OptionalDouble refractiveIndex,
            Optional<String> microscopeId,
            List<String> tubeLensIds,
            OptionalDouble totalMagnification) {
        static Optics of(XmlElement image) {
            return new Optics(
                    image.at("ObjectiveSettings/ObjectiveRef").attribute("Id"),
                    image.text("ObjectiveSettings/Medium"),
                    image.positive("ObjectiveSettings/RefractiveIndex"),
                    image.at("MicroscopeRef").attribute("Id"),
                    image.all("TubeLenses/TubeLensRef").stream()
                            .flatMap(lens -> lens.attribute("Id").stream())
                            .toList(),
                    image.positive("MicroscopeSettings/EyepieceSettings/TotalMagnification"));
        }
    }

    /**
     * A cover glass, {@code Specimen}.
     *
     * @param thicknessMicrometres above 0
     * @param material for instance {@code Glass}
     * @param refractiveIndex above 0
     */
    public record CoverGlass(
            OptionalDouble thicknessMicrometres, Optional<String> material, OptionalDouble refractiveIndex) {
        static Optional<CoverGlass> of(XmlElement specimen) {
            if (specimen == XmlElement.NONE) {
                return Optional.empty();
            }
            return Optional.of(new CoverGlass(
                    specimen.positive("CoverglassThickness"),
                    specimen.text("CoverglassMaterial"),
                    specimen.positive("CoverglassRefractiveIndex")));
        }
    }

    /**
     * From pixels to the stage: turn, flip, scale by the pixel size, move, in this order.
     *
     * @param rotationDegrees from x to y positive
     * @param isFlippedX whether x is mirrored
     * @param isFlippedY whether y is mirrored
     * @param translationXMicrometres along x
     * @param translationYMicrometres along y
     */
    public record StageTransform(
            double rotationDegrees,
            boolean isFlippedX,
            boolean isFlippedY,
            double translationXMicrometres,
            double translationYMicrometres) {
        static Optional<StageTransform> of(XmlElement image) {
            XmlElement transform =
                    image.at("SpatialRelations/PixelToStageTransform/RotateFlipScaleTranslateImplicitScale");
            OptionalDouble x = XmlElement.number(transform.at("Translate").attribute("X"));
            OptionalDouble y = XmlElement.number(transform.at("Translate").attribute("Y"));
            if (x.isEmpty() || y.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new StageTransform(
                    transform.number("Rotate").orElse(0),
                    XmlElement.flag(transform.at("Flip").attribute("X")).orElse(false),
                    XmlElement.flag(transform.at("Flip").attribute("Y")).orElse(false),
                    x.getAsDouble(),
                    y.getAsDouble()));
        }
    }

    static ImageMetadata of(XmlElement image) {
        return new ImageMetadata(
                integers(image, "Size"),
                integers(image, "Start"),
                image.pixelType("PixelType"),
                image.positiveInteger("ComponentBitCount"),
                Time.of(image),
                Encoding.of(image),
                Optics.of(image),
                CoverGlass.of(image.at("Specimen")),
                StageTransform.of(image),
                image.all("Dimensions/Tracks/Track").stream()
                        .map(track -> track.all("ChannelRefs/ChannelRef").stream()
                                .flatMap(channel -> channel.attribute("Id").stream())
                                .toList())
                        .toList());
    }

    private static Map<Dimension, Integer> integers(XmlElement image, String prefix) {
        Map<Dimension, Integer> values = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            image.integer(prefix + dimension).ifPresent(value -> values.put(dimension, value));
        }
        return Collections.unmodifiableMap(values);
    }
}
