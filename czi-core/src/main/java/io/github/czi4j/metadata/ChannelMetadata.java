package io.github.czi4j.metadata;

import io.github.czi4j.model.PixelType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A channel, {@code Information/Image/Dimensions/Channels/Channel} (sheet §5.2).
 *
 * @param index its C index: its place in the list, counted on from the last {@code StartC} that a channel gives
 * @param id for instance {@code Channel:0}; some programs write long numbers
 * @param name for instance {@code DAPI}
 * @param pixelType of its tiles, as the document has it
 * @param componentBitCount significant bits of a sample, for instance 12 or 14
 * @param colour for display, as {@code #AARRGGBB}
 * @param dye the fluorophore
 * @param light wavelengths
 * @param acquisition how it was taken
 * @param detector what took it
 * @param laserScan how a laser was moved, all empty with a camera
 * @param lightSources what shone
 */
public record ChannelMetadata(
        int index,
        Optional<String> id,
        Optional<String> name,
        Optional<PixelType> pixelType,
        OptionalInt componentBitCount,
        Optional<String> colour,
        Dye dye,
        Light light,
        Acquisition acquisition,
        DetectorSettings detector,
        LaserScan laserScan,
        List<LightSourceSettings> lightSources) {
    private static final int MAX_RANGES = 1000;

    /** Far more than any instrument has; a value takes half a kilobyte. */
    private static final int MAX_CHANNELS = 10_000;

    /**
     * A fluorophore.
     *
     * @param name for instance {@code EGFP}
     * @param id in the database of dyes
     * @param databaseId which database
     */
    public record Dye(Optional<String> name, Optional<String> id, Optional<String> databaseId) {}

    /**
     * A range of wavelengths.
     *
     * @param fromNanometres the shortest
     * @param toNanometres the longest, at least {@code fromNanometres}
     */
    public record WavelengthRange(double fromNanometres, double toNanometres) {}

    /**
     * Wavelengths.
     *
     * @param excitationNanometres of the fluorophore, above 0
     * @param emissionNanometres of the fluorophore, above 0
     * @param illumination ranges of the light that was sent
     * @param illuminationPeakNanometres where it was brightest
     * @param detection ranges of the light that was measured
     */
    public record Light(
            OptionalDouble excitationNanometres,
            OptionalDouble emissionNanometres,
            List<WavelengthRange> illumination,
            OptionalDouble illuminationPeakNanometres,
            List<WavelengthRange> detection) {}

    /**
     * How a channel was taken.
     *
     * @param mode for instance {@code WideField}, {@code LaserScanningConfocalMicroscopy}
     * @param illuminationType for instance {@code Epifluorescence}, {@code Transmitted}
     * @param contrastMethod for instance {@code Fluorescence}, {@code Brightfield}
     * @param channelType for instance {@code AiryScanSr2D}
     * @param exposureNanoseconds exposure of an image; of a range the longest
     * @param pinholeMicrometres diameter
     * @param pinholeAiryUnits the same in Airy units
     * @param sectionThicknessMicrometres depth that the image shows
     * @param effectiveNumericalAperture of the whole path
     * @param filterSetId which of {@link InstrumentMetadata#filterSets()}
     * @param reflector in words
     */
    public record Acquisition(
            Optional<String> mode,
            Optional<String> illuminationType,
            Optional<String> contrastMethod,
            Optional<String> channelType,
            OptionalDouble exposureNanoseconds,
            OptionalDouble pinholeMicrometres,
            OptionalDouble pinholeAiryUnits,
            OptionalDouble sectionThicknessMicrometres,
            OptionalDouble effectiveNumericalAperture,
            Optional<String> filterSetId,
            Optional<String> reflector) {}

    /**
     * What took a channel.
     *
     * @param detectorId which of {@link InstrumentMetadata#detectors()}
     * @param binning camera pixels that make one of the image, as {@code 2,2} or {@code 2x2}
     * @param gain of the detector; volts for a photomultiplier
     * @param emGain of an electron-multiplying camera
     * @param digitalGain factor
     * @param offset added to the samples
     */
    public record DetectorSettings(
            Optional<String> detectorId,
            Optional<String> binning,
            OptionalDouble gain,
            OptionalDouble emGain,
            OptionalDouble digitalGain,
            OptionalDouble offset) {}

    /**
     * How a laser was moved, as it is written: some programs give times for a line that are shorter than those for a
     * pixel.
     *
     * @param pixelSeconds time on a pixel
     * @param lineSeconds time for a line
     * @param frameSeconds time for an image
     * @param zoomX factor
     * @param zoomY factor
     * @param averaging number of passes that were averaged
     * @param mode for instance {@code Frame}
     * @param rotationDegrees of the scanned field
     */
    public record LaserScan(
            OptionalDouble pixelSeconds,
            OptionalDouble lineSeconds,
            OptionalDouble frameSeconds,
            OptionalDouble zoomX,
            OptionalDouble zoomY,
            OptionalInt averaging,
            Optional<String> mode,
            OptionalDouble rotationDegrees) {}

    /**
     * A light that was on.
     *
     * @param lightSourceId which of {@link InstrumentMetadata#lightSources()}
     * @param intensity as it is written, for instance {@code 9.78 %}
     * @param attenuation fraction that was held back, 0 to 1
     * @param wavelengthNanometres above 0
     */
    public record LightSourceSettings(
            Optional<String> lightSourceId,
            Optional<String> intensity,
            OptionalDouble attenuation,
            OptionalDouble wavelengthNanometres) {}

    /**
     * Name of the dye.
     *
     * @return for instance {@code EGFP}
     */
    public Optional<String> fluorophore() {
        return dye.name();
    }

    /**
     * Wavelength that excites the dye.
     *
     * @return in nm
     */
    public OptionalDouble excitationNanometres() {
        return light.excitationNanometres();
    }

    /**
     * Wavelength that the dye emits.
     *
     * @return in nm
     */
    public OptionalDouble emissionNanometres() {
        return light.emissionNanometres();
    }

    /**
     * The colour for display as a number.
     *
     * @return {@code 0xAARRGGBB}, empty if {@link #colour()} is no such colour
     */
    public OptionalInt argb() {
        if (colour.isEmpty() || !colour.get().matches("#[0-9A-Fa-f]{8}")) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseUnsignedInt(colour.get(), 1, 9, 16));
    }

    static List<ChannelMetadata> all(XmlElement image) {
        List<ChannelMetadata> channels = new ArrayList<>();
        int index = 0;
        for (XmlElement channel : image.all("Dimensions/Channels/Channel")) {
            if (channels.size() == MAX_CHANNELS) {
                break;
            }
            index = channel.integer("StartC").orElse(index);
            channels.add(of(channel, index));
            index++;
        }
        return List.copyOf(channels);
    }

    private static ChannelMetadata of(XmlElement channel, int index) {
        return new ChannelMetadata(
                index,
                channel.attribute("Id"),
                channel.attribute("Name"),
                channel.pixelType("PixelType"),
                channel.positiveInteger("ComponentBitCount"),
                channel.text("Color"),
                new Dye(channel.text("Fluor"), channel.text("DyeId"), channel.text("DyeDatabaseId")),
                new Light(
                        channel.positive("ExcitationWavelength"),
                        channel.positive("EmissionWavelength"),
                        ranges(channel.text("IlluminationWavelength/Ranges")),
                        channel.positive("IlluminationWavelength/SinglePeak"),
                        ranges(channel.text("DetectionWavelength/Ranges"))),
                acquisition(channel),
                new DetectorSettings(
                        channel.at("DetectorSettings/Detector").attribute("Id"),
                        channel.text("DetectorSettings/Binning"),
                        channel.number("DetectorSettings/Gain"),
                        channel.number("DetectorSettings/EMGain"),
                        channel.number("DetectorSettings/DigitalGain"),
                        channel.number("DetectorSettings/Offset")),
                laserScan(channel.at("LaserScanInfo")),
                channel.all("LightSourcesSettings/LightSourceSettings").stream()
                        .map(settings -> new LightSourceSettings(
                                settings.at("LightSource").attribute("Id"),
                                settings.text("Intensity"),
                                settings.number("Attenuation"),
                                settings.positive("Wavelength")))
                        .toList());
    }

    private static Acquisition acquisition(XmlElement channel) {
        return new Acquisition(
                channel.text("AcquisitionMode"),
                channel.text("IlluminationType"),
                channel.text("ContrastMethod"),
                channel.text("ChannelType"),
                exposure(channel),
                channel.positive("PinholeSize"),
                channel.positive("PinholeSizeAiry"),
                channel.positive("SectionThickness"),
                channel.positive("EffectiveNA"),
                channel.at("FilterSetRef")
                        .attribute("Id")
                        .or(() -> channel.at("FilterSet").attribute("Id")),
                channel.text("Reflector"));
    }

    private static OptionalDouble exposure(XmlElement channel) {
        Optional<String> longest = channel.text("ExposureTime").map(text -> text.substring(text.lastIndexOf('-') + 1));
        OptionalDouble value = XmlElement.number(longest);
        return value.isPresent() && value.getAsDouble() > 0 ? value : OptionalDouble.empty();
    }

    private static LaserScan laserScan(XmlElement scan) {
        return new LaserScan(
                scan.positive("PixelTime"),
                scan.positive("LineTime"),
                scan.positive("FrameTime"),
                scan.positive("ZoomX"),
                scan.positive("ZoomY"),
                scan.positiveInteger("Averaging"),
                scan.text("ScanningMode"),
                scan.number("SampleRotation"));
    }

    /** {@code 450-488}, several with commas between them. */
    private static List<WavelengthRange> ranges(Optional<String> text) {
        List<WavelengthRange> ranges = new ArrayList<>();
        for (String part : text.map(t -> t.split(",", MAX_RANGES)).orElse(new String[0])) {
            int dash = part.indexOf('-');
            OptionalDouble from = XmlElement.number(Optional.of(dash < 0 ? part : part.substring(0, dash)));
            OptionalDouble to = XmlElement.number(Optional.of(part.substring(dash + 1)));
            if (from.isPresent() && to.isPresent() && from.getAsDouble() > 0) {
                ranges.add(new WavelengthRange(from.getAsDouble(), Math.max(from.getAsDouble(), to.getAsDouble())));
            }
        }
        return List.copyOf(ranges);
    }
}
