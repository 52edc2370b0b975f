package io.github.czi4j.bench.sample;

import io.github.czi4j.model.PixelType;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Payloads for samples in JPEG XR, for which there is no encoder: three tiles of each of some pixel types, made once by
 * another program (resources, {@code make.sh}) and repeated in turns. Grey is without loss, colour is lossy.
 */
public final class JpegXrTiles implements SampleWriter.Payloads {
    /** Side of the tiles that there are. */
    public static final int SIDE = 256;

    private static final int COUNT = 3;
    private static final Map<PixelType, String> NAMES =
            Map.of(PixelType.GRAY8, "gray8", PixelType.GRAY16, "gray16", PixelType.BGR24, "bgr24");

    private final byte[][] payloads = new byte[COUNT][];

    /**
     * Loads the tiles for a recipe.
     *
     * @param recipe tiles of {@link #SIDE} by {@link #SIDE} pixels, gray8, gray16 or bgr24
     * @throws IllegalArgumentException if there are none for it
     */
    public JpegXrTiles(SampleRecipe recipe) {
        String name = NAMES.get(recipe.pixelType());
        if (name == null || recipe.tileWidth() != SIDE || recipe.tileHeight() != SIDE) {
            throw new IllegalArgumentException("samples in JPEG XR have tiles of " + SIDE + "x" + SIDE
                    + " pixels, gray8, gray16 or bgr24, not " + recipe.tileWidth() + "x" + recipe.tileHeight() + " "
                    + recipe.pixelType().label());
        }
        for (int i = 0; i < COUNT; i++) {
            try (InputStream in = JpegXrTiles.class.getResourceAsStream(name + "-" + i + ".jxr")) {
                payloads[i] = in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public byte[] payload(long number) {
        return payloads[(int) (number % COUNT)];
    }
}
