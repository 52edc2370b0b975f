package io.github.czi4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import org.junit.jupiter.api.Test;

class StretchTest {
    private static Pixels stretch(Pixels pixels) {
        return Stretch.stretch(pixels, Stretch.range(pixels));
    }

    @Test
    void opacityIsNoBrightness() {
        Pixels pixels = Pixels.allocate(2, 1, PixelType.BGRA32);
        System.arraycopy(new byte[] {10, 20, 30, 0, 20, 20, 20, (byte) 255}, 0, pixels.bytes(), 0, 8);
        Pixels result = stretch(pixels);
        assertEquals(PixelType.BGRA32, result.type());
        assertArrayEquals(
                new byte[] {0, (byte) 128, (byte) 255, 0, (byte) 128, (byte) 128, (byte) 128, (byte) 255},
                result.bytes());
    }

    @Test
    void whatIsNoFiniteNumberTakesNoPartInTheRange() {
        Pixels pixels = Pixels.allocate(6, 1, PixelType.GRAY32_FLOAT);
        float[] values = {1, 3, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 2};
        System.arraycopy(values, 0, pixels.floats(), 0, 6);
        assertArrayEquals(
                new short[] {0, (short) 65535, 0, (short) 65535, 0, (short) 32768},
                stretch(pixels).shorts());
    }

    @Test
    void picturesWithoutAnyNumberAreBlack() {
        Pixels pixels = Pixels.allocate(1, 1, PixelType.GRAY32_FLOAT);
        pixels.floats()[0] = Float.NaN;
        assertArrayEquals(new short[1], stretch(pixels).shorts());
        assertArrayEquals(
                new short[4], stretch(Pixels.allocate(2, 2, PixelType.GRAY16)).shorts());
    }
}
