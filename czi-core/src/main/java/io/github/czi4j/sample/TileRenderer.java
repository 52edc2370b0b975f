package io.github.czi4j.sample;

import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A camera: the specimen under uneven light, with the noise of a sensor. The noise differs from tile to tile, so that an
 * overlap shows which tile lies on top. Keeps its arrays for the next tile; not thread-safe.
 */
final class TileRenderer {
    /** Full well of a 12-bit camera. */
    private static final float FULL_12_BIT = 4095;

    private static final float FULL_8_BIT = 255;
    private static final float FULL_16_BIT = 65535;
    /** Light where there is no cell, as a share of the full range. */
    private static final float DARK = 0.04f;
    /** Share of the full range that a bright cell adds. */
    private static final float BRIGHT = 0.6f;
    /** Noise of the sensor itself, and that of the light for a full well; as shares of the full range. */
    private static final float READ_NOISE = 0.002f;

    private static final float SHOT_NOISE = 0.02f;
    /** What haematoxylin and eosin take away from white light, in the order B, G, R. */
    private static final float[] NUCLEUS = {0.25f, 0.65f, 0.55f};

    private static final float[] TISSUE = {0.10f, 0.22f, 0.05f};

    private final SampleRecipe recipe;
    private final float[] light;

    TileRenderer(SampleRecipe recipe) {
        this.recipe = recipe;
        this.light = new float[Math.multiplyExact(recipe.tileWidth(), recipe.tileHeight())];
    }

    /**
     * Takes the picture.
     *
     * @param specimen what lies under the lens
     * @param place of the tile in the document
     * @param noiseSeed differs from tile to tile
     * @return tight little-endian pixels
     */
    byte[] render(Specimen specimen, Rect place, long noiseSeed) {
        int width = place.width();
        int height = place.height();
        Arrays.fill(light, 0);
        specimen.draw(light, place.x(), place.y(), width, height);
        Noise noise = new Noise(noiseSeed);
        PixelType type = recipe.pixelType();
        byte[] bytes = new byte[width * height * type.bytesPerPixel()];
        ByteBuffer pixels = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int y = 0; y < height; y++) {
            float v = (2f * y + 1) / height - 1;
            for (int x = 0; x < width; x++) {
                float u = (2f * x + 1) / width - 1;
                // The corners of the field of view are darker.
                float illumination = 1 - 0.12f * (u * u + v * v);
                int at = y * width + x;
                if (type.samplesPerPixel() == 3) {
                    for (int sample = 0; sample < 3; sample++) {
                        store(pixels, type, 3 * at + sample, noisy(stained(sample, light[at], illumination), noise));
                    }
                } else {
                    store(pixels, type, at, noisy(illumination * (DARK + BRIGHT * light[at]), noise));
                }
            }
        }
        return bytes;
    }

    /**
     * White light that has passed a stained section.
     *
     * @param sample 0 to 2 for B, G, R
     * @param cell how much of a cell is there, as {@link Specimen#draw} tells
     * @param illumination 1 for the brightest part of the field of view
     * @return share of the full range
     */
    static float stained(int sample, float cell, float illumination) {
        float absorbed = TISSUE[sample] + NUCLEUS[sample] * Math.min(1, cell);
        return 0.95f * illumination * (1 - absorbed);
    }

    private static float noisy(float share, Noise noise) {
        float deviation = (float) Math.sqrt(READ_NOISE * READ_NOISE + SHOT_NOISE * SHOT_NOISE * share);
        return share + deviation * noise.next();
    }

    private static void store(ByteBuffer pixels, PixelType type, int at, float share) {
        switch (type) {
            case GRAY8, BGR24 -> pixels.put(at, (byte) integer(share, FULL_8_BIT));
            case GRAY16 -> pixels.putShort(2 * at, (short) integer(share, FULL_12_BIT));
            case BGR48 -> pixels.putShort(2 * at, (short) integer(share, FULL_16_BIT));
            default -> pixels.putFloat(4 * at, share);
        }
    }

    private static int integer(float share, float full) {
        return (int) Math.max(0, Math.min(full, share * full + 0.5f));
    }
}
