package io.github.czi4j.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How one channel is shown (sheet §5.4 and §7.7): its grey values go through a tone curve to 8 bits, and these through a
 * colour. Immutable; each method that is named after a property returns a changed copy.
 *
 * @param id of the channel in the document, for instance {@code Channel:0}
 * @param name for instance {@code DAPI}
 * @param isSelected whether it is part of the picture
 * @param colourMode whether it is tinted
 * @param colour the tint as {@code 0xRRGGBB}; white leaves grey as it is
 * @param paletteName of a palette of the program that wrote the file; what is in it is not known, the colour is used
 * @param black black point: 0 is the lowest value of the pixel type, 1 the highest
 * @param white white point, likewise
 * @param isAutomatic whether black and white point are chosen from the picture in place of those here
 * @param gamma exponent of the curve between the points, above 0; empty for a straight line
 * @param points of a spline in place of the gamma, empty for none
 * @param weight of the channel in the sum; matters only where weights differ
 */
public record ChannelDisplay(
        Optional<String> id,
        Optional<String> name,
        boolean isSelected,
        ColourMode colourMode,
        int colour,
        Optional<String> paletteName,
        double black,
        double white,
        boolean isAutomatic,
        OptionalDouble gamma,
        List<Point> points,
        double weight) {

    /** Whether a channel is tinted. */
    public enum ColourMode {
        /** Grey values are shown grey, colours as they are. */
        NONE,
        /** Shown in its {@link ChannelDisplay#colour()}. */
        COLOUR,
        /** Shown in a palette, for which the {@link ChannelDisplay#colour()} stands in. */
        PALETTE
    }

    /**
     * A point of a spline, relative to black and white point.
     *
     * @param x 0 at the black point, 1 at the white point
     * @param y 0 for black, 1 for full
     */
    public record Point(double x, double y) {}

    /** White. */
    public static final int WHITE = 0xFFFFFF;

    /** Not tinted, all of the pixel type's range, a straight line. */
    public static final ChannelDisplay PLAIN = new ChannelDisplay(
            Optional.empty(),
            Optional.empty(),
            true,
            ColourMode.NONE,
            WHITE,
            Optional.empty(),
            0,
            1,
            false,
            OptionalDouble.empty(),
            List.of(),
            1);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a point is no number, the gamma is not above 0 and finite, or the points of the
     *     spline do not ascend between 0 and 1
     */
    public ChannelDisplay {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(colourMode, "colourMode");
        Objects.requireNonNull(paletteName, "paletteName");
        points = List.copyOf(points);
        colour &= WHITE;
        if (Double.isNaN(black) || Double.isNaN(white)) {
            throw new IllegalArgumentException("black and white point must be numbers, not " + black + " and " + white);
        }
        if (gamma.isPresent() && !(gamma.getAsDouble() > 0 && gamma.getAsDouble() < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a gamma is above 0, not " + gamma.getAsDouble());
        }
        double last = 0;
        for (Point point : points) {
            if (!(point.x() > last && point.x() < 1) || !Double.isFinite(point.y())) {
                throw new IllegalArgumentException("the points of a spline ascend between 0 and 1, but are " + points);
            }
            last = point.x();
        }
    }

    /**
     * Whether it is tinted.
     *
     * @return true unless the colour mode says none
     */
    public boolean isTinted() {
        return colourMode != ColourMode.NONE;
    }

    /**
     * Makes it part of the picture, or not.
     *
     * @param value whether
     * @return changed copy
     */
    public ChannelDisplay selected(boolean value) {
        return new ChannelDisplay(
                id, name, value, colourMode, colour, paletteName, black, white, isAutomatic, gamma, points, weight);
    }

    /**
     * Shows it in a colour.
     *
     * @param rgb {@code 0xRRGGBB}
     * @return changed copy
     */
    public ChannelDisplay tint(int rgb) {
        return new ChannelDisplay(
                id,
                name,
                isSelected,
                ColourMode.COLOUR,
                rgb,
                paletteName,
                black,
                white,
                isAutomatic,
                gamma,
                points,
                weight);
    }

    /**
     * Shows grey values grey, and colours as they are.
     *
     * @return changed copy
     */
    public ChannelDisplay untinted() {
        return new ChannelDisplay(
                id,
                name,
                isSelected,
                ColourMode.NONE,
                colour,
                paletteName,
                black,
                white,
                isAutomatic,
                gamma,
                points,
                weight);
    }

    /**
     * Sets black and white point.
     *
     * @param low black point: 0 is the lowest value of the pixel type, 1 the highest
     * @param high white point, likewise
     * @return changed copy
     */
    public ChannelDisplay range(double low, double high) {
        return new ChannelDisplay(
                id, name, isSelected, colourMode, colour, paletteName, low, high, false, gamma, points, weight);
    }

    /**
     * Chooses black and white point from the picture: one pixel in a thousand is darker, one in a thousand brighter.
     *
     * @return changed copy
     */
    public ChannelDisplay automatic() {
        return new ChannelDisplay(
                id, name, isSelected, colourMode, colour, paletteName, black, white, true, gamma, points, weight);
    }

    /**
     * Sets the exponent of the curve, in place of a spline.
     *
     * @param exponent above 0; below 1 dark values become brighter
     * @return changed copy
     */
    public ChannelDisplay gamma(double exponent) {
        return new ChannelDisplay(
                id,
                name,
                isSelected,
                colourMode,
                colour,
                paletteName,
                black,
                white,
                isAutomatic,
                OptionalDouble.of(exponent),
                List.of(),
                weight);
    }

    /**
     * Sets a spline through (0,0), some points and (1,1), in place of a gamma.
     *
     * @param between points with ascending x above 0 and below 1; empty for a straight line
     * @return changed copy
     */
    public ChannelDisplay spline(List<Point> between) {
        return new ChannelDisplay(
                id,
                name,
                isSelected,
                colourMode,
                colour,
                paletteName,
                black,
                white,
                isAutomatic,
                OptionalDouble.empty(),
                between,
                weight);
    }

    /**
     * Sets the weight.
     *
     * @param value at least 0
     * @return changed copy
     */
    public ChannelDisplay weight(double value) {
        return new ChannelDisplay(
                id, name, isSelected, colourMode, colour, paletteName, black, white, isAutomatic, gamma, points, value);
    }
}
