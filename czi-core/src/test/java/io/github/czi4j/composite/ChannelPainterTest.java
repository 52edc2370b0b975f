package io.github.czi4j.composite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.ChannelDisplay;
import io.github.czi4j.model.ChannelDisplay.Point;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of sheet §7.7 against plain formulas in double precision, and against values computed by hand. */
class ChannelPainterTest {
    private static final ChannelDisplay PLAIN = ChannelDisplay.PLAIN;
    private static final int ORANGE = 0xFF7E00;

    /** All values of a sample type in a row, as grey pixels. */
    private static Pixels ramp(int values) {
        boolean isWide = values > 256;
        Pixels pixels = Pixels.allocate(values, 1, isWide ? PixelType.GRAY16 : PixelType.GRAY8);
        for (int i = 0; i < values; i++) {
            if (isWide) {
                pixels.shorts()[i] = (short) i;
            } else {
                pixels.bytes()[i] = (byte) i;
            }
        }
        return pixels;
    }

    private static int[] paint(Pixels channel, ChannelDisplay display, double factor) {
        Pixels picture = Pixels.allocate(channel.width(), channel.height(), PixelType.BGR24);
        new ChannelPainter(channel, display, factor, picture, true).paint(0, channel.height());
        return unsigned(picture.bytes());
    }

    private static int[] unsigned(byte[] bytes) {
        int[] result = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = bytes[i] & 0xFF;
        }
        return result;
    }

    /** What each value becomes: a share of full, times each component of the tint, rounded. */
    private static void assertRamp(int values, ChannelDisplay display, IntToDoubleFunction share) {
        int[] colours = {display.colour() & 0xFF, display.colour() >> 8 & 0xFF, display.colour() >> 16};
        int[] painted = paint(ramp(values), display, 1);
        for (int value = 0; value < values; value++) {
            for (int c = 0; c < 3; c++) {
                long expected = Math.round(share.applyAsDouble(value) * (display.isTinted() ? colours[c] : 255));
                assertEquals(expected, painted[3 * value + c], "value " + value + " component " + c);
            }
        }
    }

    @Test
    void withoutPointsTheUpperEightBitsShow() {
        assertRamp(256, PLAIN, value -> value / 255.0);
        assertRamp(65536, PLAIN, value -> (value >> 8) / 255.0);
        // A tint is of the whole value: 0x80FF of 65535 times 126 is 63.496, of the upper 8 bits 63.247.
        assertRamp(256, PLAIN.tint(ORANGE), value -> value / 255.0);
        assertRamp(65536, PLAIN.tint(ORANGE), value -> value / 65535.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 65536})
    void blackAndWhitePointAreTakenInwards(int values) {
        int highest = values - 1;
        for (double[] range : new double[][] {{0.1, 0.7}, {0, 0.25}, {0.3, 1}, {-0.2, 0.5}, {0.5, 1.5}}) {
            double black = Math.ceil(range[0] * highest);
            double white = Math.floor(range[1] * highest);
            for (ChannelDisplay display : List.of(PLAIN, PLAIN.tint(ORANGE))) {
                assertRamp(
                        values,
                        display.range(range[0], range[1]),
                        value -> value <= black ? 0 : value >= white ? 1 : (value - black) / (white - black));
            }
        }
        // 0.1 · 255 = 25.5 and 0.7 · 255 = 178.5: black up to 26, full from 178, (27 − 26) / 152 · 255 = 1.68.
        int[] painted = paint(ramp(256), PLAIN.range(0.1, 0.7), 1);
        assertEquals(0, painted[3 * 26]);
        assertEquals(2, painted[3 * 27]);
        assertEquals(253, painted[3 * 177]);
        assertEquals(255, painted[3 * 178]);
    }

    @Test
    void pointsTheWrongWayRoundMakeAThreshold() {
        int[] painted = paint(ramp(256), PLAIN.range(0.6, 0.4), 1);
        assertEquals(0, painted[3 * 153]);
        assertEquals(255, painted[3 * 154]);
        for (double extreme : new double[] {1e300, Double.POSITIVE_INFINITY}) {
            assertEquals(0, paint(ramp(256), PLAIN.range(extreme, 2), 1)[3 * 255]);
            assertEquals(255, paint(ramp(256), PLAIN.range(-extreme, -extreme), 1)[0]);
        }
    }

    private static int curveValue(int value, int values, double black, double white, IntToDoubleFunction at) {
        int low = (int) (black * values);
        int high = (int) (white * values);
        return value < low ? 0 : value >= high ? 255 : (int) (255 * at.applyAsDouble(value));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.3, 2, 5})
    void aGammaOfOneOrMoreIsAPower(double gamma) {
        for (int values : new int[] {256, 65536}) {
            double black = 0.125;
            double white = 0.75;
            int low = values / 8;
            int high = values / 4 * 3;
            assertRamp(
                    values,
                    PLAIN.range(black, white).gamma(gamma),
                    value -> curveValue(
                                    value,
                                    values,
                                    black,
                                    white,
                                    v -> Math.pow((double) (v - low) / (high - low - 1), gamma))
                            / 255.0);
        }
    }

    @Test
    void aGammaBelowOneHasAToeSlope() {
        assertEquals(224, ToneCurve.toeSlope(0.5), 1e-9);
        assertEquals(287.806332841221, ToneCurve.toeSlope(0.45), 1e-5);
        for (double gamma : new double[] {0.2, 0.45, 0.5, 0.8, 0.95}) {
            double a = ToneCurve.toeSlope(gamma);
            assertEquals(a, (Math.pow(a + 1, gamma) - 1) / Math.pow(gamma, 4), 1e-3 * a, "gamma " + gamma);
            int[] painted = paint(ramp(256), PLAIN.gamma(gamma), 1);
            for (int value = 0; value < 256; value++) {
                double expected = 255 * (Math.pow(a * value / 255 + 1, gamma) - 1) / (Math.pow(a + 1, gamma) - 1);
                assertEquals((int) (expected + 1e-9), painted[3 * value], "gamma " + gamma + " value " + value);
            }
        }
        // For 0.5: sqrt(224 · 64/255 + 1) = 7.5645, (7.5645 − 1) / 14 · 255 = 119.57.
        assertEquals(119, paint(ramp(256), PLAIN.gamma(0.5), 1)[3 * 64]);
    }

    @Test
    void anyGammaGivesACurveFromBlackToFull() {
        for (double gamma : new double[] {1e-300, 1e-3, 0.05, 0.999, 0.999999, 1, 100, 1e300}) {
            int[] painted = paint(ramp(256), PLAIN.gamma(gamma), 1);
            assertEquals(0, painted[0], "gamma " + gamma);
            for (int value = 1; value < 256; value++) {
                assertTrue(painted[3 * value] >= painted[3 * value - 3], "gamma " + gamma + " value " + value);
            }
        }
    }

    @Test
    void curvesHaveTheirEndsWhereTheRangeHas() {
        for (int values : new int[] {256, 65536}) {
            ChannelDisplay display = PLAIN.range(0.25, 0.5).gamma(0.7);
            int[] painted = paint(ramp(values), display, 1);
            assertEquals(0, painted[3 * (values / 4)]);
            assertEquals(255, painted[3 * (values / 2)]);
            assertEquals(255, painted[3 * (values / 2 - 1)], "the last but one is at x = 1");
            // One value between the points, and none.
            assertEquals(
                    0, paint(ramp(values), PLAIN.range(0.5, 0.5 + 1.0 / values).gamma(2), 1)[3 * values / 2]);
            assertEquals(255, paint(ramp(values), PLAIN.range(0.5, 0.5).gamma(2), 1)[3 * values / 2]);
        }
    }

    @Test
    void aSplineGoesSmoothlyThroughItsPoints() {
        List<Point> points = List.of(new Point(0.25, 0.6), new Point(0.5, 0.3), new Point(0.8, 0.9));
        ToneCurve.Spline spline = new ToneCurve.Spline(points);
        assertEquals(0, spline.at(0), 1e-12);
        assertEquals(1, spline.at(1), 1e-12);
        List<Double> knots = new ArrayList<>();
        for (Point point : points) {
            assertEquals(point.y(), spline.at(point.x()), 1e-12);
            knots.add(point.x());
        }
        double h = 1e-4;
        for (double knot : knots) {
            double before = (spline.at(knot) - spline.at(knot - h)) / h;
            double after = (spline.at(knot + h) - spline.at(knot)) / h;
            assertEquals(before, after, 0.02, "slope at " + knot);
            double bendBefore = (spline.at(knot) - 2 * spline.at(knot - h) + spline.at(knot - 2 * h)) / (h * h);
            double bendAfter = (spline.at(knot + 2 * h) - 2 * spline.at(knot + h) + spline.at(knot)) / (h * h);
            assertEquals(bendBefore, bendAfter, 0.3, "curvature at " + knot);
        }
        double bendAtStart = (spline.at(2 * h) - 2 * spline.at(h) + spline.at(0)) / (h * h);
        assertEquals(0, bendAtStart, 0.1, "natural");
    }

    @Test
    void aSplineOfOnePointIsAsComputedByHand() {
        // Through (0,0), (½,¾), (1,1): b₁ = 3 (½ − 3/2) / 2 = −3/2, so a₀ = −1, c₀ = 3/2 + ½/3 · 3/2 = 7/4.
        ToneCurve.Spline spline = new ToneCurve.Spline(List.of(new Point(0.5, 0.75)));
        assertEquals(-0.25 * 0.25 * 0.25 + 7 / 4.0 * 0.25, spline.at(0.25), 1e-12);
        int[] painted = paint(ramp(256), PLAIN.spline(List.of(new Point(0.5, 0.75))), 1);
        assertEquals((int) (255 * spline.at(51 / 255.0)), painted[3 * 51]);
        assertEquals(255, painted[3 * 255]);
    }

    @Test
    void splinesThatOvershootAreCut() {
        int[] painted = paint(ramp(256), PLAIN.spline(List.of(new Point(0.1, -2), new Point(0.9, 3))), 1);
        assertEquals(0, painted[3 * 26]);
        assertEquals(255, painted[3 * 230]);
    }

    @Test
    void aTintAfterACurveIsOfItsEightBits() {
        ChannelDisplay display = PLAIN.tint(ORANGE).gamma(2);
        int[] painted = paint(ramp(65536), display, 1);
        for (int value = 0; value < 65536; value++) {
            int curve = (int) (255 * Math.pow(value / 65535.0, 2));
            assertEquals(0, painted[3 * value]);
            assertEquals(Math.round(curve / 255.0 * 0x7E), painted[3 * value + 1], "value " + value);
            assertEquals(curve, painted[3 * value + 2]);
        }
    }

    private static Pixels bgr(PixelType type, int... samples) {
        Pixels pixels = Pixels.allocate(samples.length / type.samplesPerPixel(), 1, type);
        for (int i = 0; i < samples.length; i++) {
            if (type.sample() == PixelType.Sample.UINT8) {
                pixels.bytes()[i] = (byte) samples[i];
            } else {
                pixels.shorts()[i] = (short) samples[i];
            }
        }
        return pixels;
    }

    @Test
    void coloursKeepTheirComponentsUnlessTinted() {
        Pixels narrow = bgr(PixelType.BGR24, 10, 20, 230, 0, 128, 255);
        assertArrayEquals(new int[] {10, 20, 230, 0, 128, 255}, paint(narrow, PLAIN, 1));
        Pixels wide = bgr(PixelType.BGR48, 0x0AFF, 0x1400, 0xE601, 0, 0x8000, 0xFFFF);
        assertArrayEquals(new int[] {10, 20, 230, 0, 128, 255}, paint(wide, PLAIN, 1));
        Pixels alpha = bgr(PixelType.BGRA32, 10, 20, 230, 7, 0, 128, 255, 99);
        assertArrayEquals(new int[] {10, 20, 230, 0, 128, 255}, paint(alpha, PLAIN, 1));
        // The points apply to each component: 51 and 204; (128 − 51) / 153 · 255 = 128.3.
        assertArrayEquals(new int[] {0, 0, 255, 0, 128, 255}, paint(narrow, PLAIN.range(0.2, 0.8), 1));
    }

    @Test
    void tintedColoursAreMadeGreyFirst() {
        // (10 + 20 + 231 + 1) / 3 = 87
        Pixels narrow = bgr(PixelType.BGR24, 10, 20, 231);
        assertArrayEquals(new int[] {0, Math.round(87 / 255f * 0x7E), 87}, paint(narrow, PLAIN.tint(ORANGE), 1));
        // (87 − 51) / 153 = 0.2353
        assertArrayEquals(
                new int[] {0, 30, 60}, paint(narrow, PLAIN.tint(ORANGE).range(0.2, 0.8), 1));
        // After a curve: squares 0.39, 1.57, 209.26 become 0, 1, 209, whose mean is 70.
        assertArrayEquals(
                new int[] {0, 35, 70}, paint(narrow, PLAIN.tint(ORANGE).gamma(2), 1));
        Pixels wide = bgr(PixelType.BGR48, 65535, 65535, 65535, 0, 30000, 35535);
        // (65535 + 1) / 3 = 21845 = 65535 / 3
        assertArrayEquals(new int[] {0, 0x7E, 255, 0, 42, 85}, paint(wide, PLAIN.tint(ORANGE), 1));
    }

    @Test
    void laterChannelsAreAddedWithSaturation() {
        Random random = new Random(7);
        Pixels first = ramp(256);
        Pixels second = Pixels.allocate(256, 1, PixelType.GRAY16);
        for (int i = 0; i < 256; i++) {
            second.shorts()[i] = (short) random.nextInt();
        }
        Pixels picture = Pixels.allocate(256, 1, PixelType.BGR24);
        new ChannelPainter(first, PLAIN.tint(0x8000FF), 1, picture, true).paint(0, 1);
        int[] before = unsigned(picture.bytes());
        new ChannelPainter(second, PLAIN.tint(0x40FF80), 1, picture, false).paint(0, 1);
        int[] added = paint(second, PLAIN.tint(0x40FF80), 1);
        int[] after = unsigned(picture.bytes());
        for (int i = 0; i < after.length; i++) {
            assertEquals(Math.min(255, before[i] + added[i]), after[i]);
        }
    }

    @Test
    void rowsArePaintedByThemselves() {
        Pixels channel = Pixels.allocate(3, 5, PixelType.GRAY8);
        Arrays.fill(channel.bytes(), (byte) 9);
        Pixels picture = Pixels.allocate(3, 5, PixelType.BGR24);
        new ChannelPainter(channel, PLAIN, 1, picture, true).paint(1, 3);
        for (int i = 0; i < 45; i++) {
            assertEquals(i >= 9 && i < 27 ? 9 : 0, picture.bytes()[i]);
        }
    }

    private static double[] factors(double... weights) {
        List<ChannelDisplay> displays = new ArrayList<>();
        for (double weight : weights) {
            displays.add(PLAIN.weight(weight));
        }
        return Weights.factors(displays);
    }

    @Test
    void weightsCountOnlyWhereTheyDifferAndMakeSense() {
        assertArrayEquals(new double[] {1, 1}, factors(3, 3));
        assertArrayEquals(new double[] {1, 1}, factors(0, 0));
        assertArrayEquals(new double[] {1, 1}, factors(-1, 2));
        assertArrayEquals(new double[] {1, 1}, factors(Double.NaN, 2));
        assertArrayEquals(new double[] {1, 1}, factors(Double.POSITIVE_INFINITY, 2));
        assertArrayEquals(new double[] {1, 1}, factors(Double.MAX_VALUE, Double.MAX_VALUE / 2));
        assertArrayEquals(new double[] {0.5, 1.5}, factors(1, 3));
        assertArrayEquals(new double[] {0, 1, 2}, factors(0, 5, 10));
        // 101 · 0.5 + 0.5 = 51; 200 · 1.5 is more than there is.
        assertEquals(51, paint(ramp(256), PLAIN, 0.5)[3 * 101]);
        assertEquals(255, paint(ramp(256), PLAIN, 1.5)[3 * 200]);
        // After the tint: 126 · 0.5 = 63.
        assertEquals(63, paint(ramp(256), PLAIN.tint(ORANGE), 0.5)[3 * 255 + 1]);
    }

    @Test
    void integersAreTakenAsTheyAre() {
        Pixels pixels = ramp(256);
        assertSame(pixels, Values.integers(pixels));
        assertEquals(0, Values.bytesPerPixel(PixelType.BGR48));
        assertEquals(6, Values.bytesPerPixel(PixelType.BGR96_FLOAT));
        assertEquals(2, Values.bytesPerPixel(PixelType.GRAY64_FLOAT));
    }

    @Test
    void floatsAreSpreadFromTheLowestToTheHighest() {
        Pixels pixels = Pixels.allocate(5, 1, PixelType.GRAY32_FLOAT);
        float[] values = {-2, 0, 2, Float.NaN, Float.POSITIVE_INFINITY};
        System.arraycopy(values, 0, pixels.floats(), 0, 5);
        assertArrayEquals(
                new short[] {0, (short) 32768, (short) 65535, 0, (short) 65535},
                Values.integers(pixels).shorts());
        Pixels doubles = Pixels.allocate(2, 1, PixelType.GRAY64_FLOAT);
        doubles.doubles()[0] = -Double.MAX_VALUE;
        doubles.doubles()[1] = Double.MAX_VALUE;
        assertArrayEquals(
                new short[] {0, (short) 65535}, Values.integers(doubles).shorts());
        Pixels constant = Pixels.allocate(2, 1, PixelType.GRAY32);
        constant.ints()[0] = 5;
        constant.ints()[1] = 5;
        assertArrayEquals(new short[2], Values.integers(constant).shorts());
        Pixels complex = Pixels.allocate(2, 1, PixelType.GRAY64_COMPLEX_FLOAT);
        System.arraycopy(new float[] {3, -4, 0, 0}, 0, complex.floats(), 0, 4);
        assertArrayEquals(
                new short[] {(short) 65535, 0}, Values.integers(complex).shorts());
        Pixels colour = Pixels.allocate(1, 1, PixelType.BGR96_FLOAT);
        System.arraycopy(new float[] {0, 1, 4}, 0, colour.floats(), 0, 3);
        Pixels spread = Values.integers(colour);
        assertEquals(PixelType.BGR48, spread.type());
        assertArrayEquals(new short[] {0, 16384, (short) 65535}, spread.shorts());
    }

    @Test
    void automaticPointsLeaveOutOneInAThousand() {
        Pixels pixels = Pixels.allocate(100, 100, PixelType.GRAY16);
        for (int i = 0; i < 10_000; i++) {
            pixels.shorts()[i] = (short) (1000 + i / 2);
        }
        // Ten pixels may be out at each end: five values of two pixels.
        ChannelDisplay display = Values.withRange(PLAIN.automatic(), pixels);
        int[] painted = paint(ramp(65536), display, 1);
        assertEquals(0, painted[3 * 1005]);
        assertEquals(Math.round(255.0 / (5994 - 1005) * 40), painted[3 * 1045]);
        assertTrue(painted[3 * 5993] >= 254);
        assertEquals(255, painted[3 * 5994]);
        assertSame(PLAIN, Values.withRange(PLAIN, pixels));
        // Of a constant picture nothing is lost either.
        Pixels constant = Pixels.allocate(2, 2, PixelType.GRAY8);
        ChannelDisplay flat = Values.withRange(PLAIN.automatic(), constant);
        assertEquals(0, paint(constant, flat, 1)[0]);
        // Alpha is no value.
        Pixels alpha = bgr(PixelType.BGRA32, 50, 60, 70, 255);
        ChannelDisplay ofAlpha = Values.withRange(PLAIN.automatic(), alpha);
        assertArrayEquals(new int[] {0, 128, 255}, paint(alpha, ofAlpha, 1));
    }
}
