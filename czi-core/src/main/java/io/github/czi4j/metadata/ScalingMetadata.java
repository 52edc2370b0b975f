package io.github.czi4j.metadata;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Size of a pixel of layer 0, {@code Scaling} (sheet §5.3).
 *
 * @param xMicrometres width of a pixel, above 0
 * @param yMicrometres height of a pixel, above 0
 * @param zMicrometres distance of focal planes, above 0
 * @param calibration what the sizes were computed from
 */
public record ScalingMetadata(
        OptionalDouble xMicrometres,
        OptionalDouble yMicrometres,
        OptionalDouble zMicrometres,
        Calibration calibration) {
    private static final int MICROMETRES = 6;

    /**
     * What the size of a pixel was computed from, {@code AutoScaling}.
     *
     * @param type for instance {@code Measured}, {@code Theoretic}
     * @param cameraName of the camera
     * @param cameraPixelWidthMicrometres on the chip, binning included
     * @param cameraPixelHeightMicrometres on the chip, binning included
     * @param cameraAdapterMagnification factor
     * @param objectiveName of the objective
     * @param optovarMagnification factor
     */
    public record Calibration(
            Optional<String> type,
            Optional<String> cameraName,
            OptionalDouble cameraPixelWidthMicrometres,
            OptionalDouble cameraPixelHeightMicrometres,
            OptionalDouble cameraAdapterMagnification,
            Optional<String> objectiveName,
            OptionalDouble optovarMagnification) {
        static Calibration of(XmlElement scaling) {
            Optional<double[]> pixel = scaling.pair("CameraPixelDistance");
            return new Calibration(
                    scaling.text("Type"),
                    scaling.text("CameraName"),
                    pixel.map(size -> OptionalDouble.of(size[0])).orElse(OptionalDouble.empty()),
                    pixel.map(size -> OptionalDouble.of(size[1])).orElse(OptionalDouble.empty()),
                    scaling.positive("CameraAdapterMagnification"),
                    scaling.text("ObjectiveName"),
                    scaling.positive("OptovarMagnification"));
        }
    }

    static ScalingMetadata of(XmlElement scaling) {
        Map<String, OptionalDouble> sizes = new HashMap<>();
        for (XmlElement distance : scaling.all("Items/Distance")) {
            String axis = distance.attribute("Id").orElse("").toUpperCase(Locale.ROOT);
            sizes.putIfAbsent(axis, micrometres(distance.positive("Value")));
        }
        return new ScalingMetadata(
                sizes.getOrDefault("X", OptionalDouble.empty()),
                sizes.getOrDefault("Y", OptionalDouble.empty()),
                sizes.getOrDefault("Z", OptionalDouble.empty()),
                Calibration.of(scaling.at("AutoScaling")));
    }

    /** Always metres in the file, whatever the unit that is shown. Shifted as decimals, so that 1E-07 becomes 0.1. */
    private static OptionalDouble micrometres(OptionalDouble metres) {
        double value = BigDecimal.valueOf(metres.orElse(0))
                .scaleByPowerOfTen(MICROMETRES)
                .doubleValue();
        return value > 0 && Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
