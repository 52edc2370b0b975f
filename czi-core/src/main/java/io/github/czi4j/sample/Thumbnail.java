package io.github.czi4j.sample;

import io.github.czi4j.model.Rect;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A small view of the first plane of all scenes, computed from the specimen and not from the tiles: it costs the same
 * for a million tiles as for one. Not thread-safe.
 */
final class Thumbnail {
    /** The longer side, in pixels. */
    private static final int SIDE = 256;

    private final SampleRecipe recipe;
    private final Rect image;
    /** Made when a pixel falls into the scene: of many narrow scenes few are seen. */
    private final Specimen[] specimens;

    private final float[] light = new float[1];

    /** A view of {@code image}, the extent of all tiles. */
    Thumbnail(SampleRecipe recipe, Rect image) {
        this.recipe = recipe;
        this.image = image;
        this.specimens = new Specimen[recipe.scenes()];
    }

    /** The view as a JPEG file. */
    byte[] jpeg() {
        double scale = Math.max(image.width(), image.height()) / (double) SIDE;
        int width = Math.max(1, (int) (image.width() / scale));
        int height = Math.max(1, (int) (image.height() / scale));
        boolean isColour = recipe.pixelType().samplesPerPixel() == 3;
        BufferedImage view = new BufferedImage(
                width, height, isColour ? BufferedImage.TYPE_3BYTE_BGR : BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int documentX = image.x() + (int) (x * scale);
                int documentY = image.y() + (int) (y * scale);
                Specimen specimen = specimenAt(documentX);
                // Between the scenes the view stays black.
                if (specimen != null) {
                    light[0] = 0;
                    specimen.draw(light, documentX, documentY, 1, 1);
                    paint(view, x, y, isColour);
                }
            }
        }
        return encode(view);
    }

    private Specimen specimenAt(int documentX) {
        // The first tiles may lie to the left of their scene, as far as the jitter goes.
        int scene = Math.min(recipe.scenes() - 1, Math.max(0, Math.floorDiv(documentX, recipe.sceneStep())));
        if (documentX - scene * recipe.sceneStep() >= recipe.sceneWidth()) {
            return null;
        }
        if (specimens[scene] == null) {
            specimens[scene] = new Specimen(recipe, scene, 0, 0, 0);
        }
        return specimens[scene];
    }

    private void paint(BufferedImage view, int x, int y, boolean isColour) {
        if (!isColour) {
            view.getRaster().setSample(x, y, 0, (int) Math.min(255, 20 + 200 * light[0]));
            return;
        }
        int rgb = 0;
        for (int sample = 0; sample < 3; sample++) {
            rgb |= (int) (255 * TileRenderer.stained(sample, light[0], 1)) << 8 * sample;
        }
        view.setRGB(x, y, rgb);
    }

    private static byte[] encode(BufferedImage view) {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        // In memory, without changing ImageIO's cache setting, which belongs to the whole program.
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(jpeg)) {
            ImageIO.write(view, "jpg", stream);
        } catch (IOException e) {
            throw new IllegalStateException("the thumbnail could not be made", e);
        }
        return jpeg.toByteArray();
    }
}
