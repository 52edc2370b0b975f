package io.github.czi4j.sample;

/**
 * Cells that lie at the same place whichever tile looks at them: one or none in each square of a grid, told by a hash of
 * the square.
 */
final class Specimen {
    /** Side of a square, in pixels; no cell is larger. */
    static final int SQUARE = 64;
    /**
     * How far apart the centre of a cell may lie in its square, in pixels: enough that no grid shows. With its drift and
     * its radius a cell reaches less than one square beyond its own, which {@link #draw(float[], int, int, int, int)}
     * counts on.
     */
    private static final double SCATTER = 48;

    private final long seed;
    private final double spread;
    private final double dimming;
    private final int time;
    private final int channel;

    /** Cells of a channel in focus at some height: channels stain other parts, so their cells differ in size. */
    Specimen(SampleRecipe recipe, int scene, int time, int channel, int focalPlane) {
        this.seed = Noise.mix(recipe.seed() * 31 + scene);
        double defocus = recipe.focalPlanes() == 1 ? 0 : 2.0 * focalPlane / (recipe.focalPlanes() - 1) - 1;
        this.spread = (channel % 3 == 1 ? 1.5 : channel % 3 == 2 ? 0.6 : 1.0) * (1 + 0.4 * Math.abs(defocus));
        this.time = time;
        this.dimming = 1 - 0.6 * defocus * defocus;
        this.channel = channel;
    }

    /** One cell: an ellipse whose brightness falls off smoothly to its rim. */
    record Cell(double x, double y, double radiusX, double radiusY, double brightness) {}

    /** The cell of a square, or null. */
    Cell cell(int squareX, int squareY) {
        long hash = Noise.mix(seed ^ Noise.mix(((long) squareX << 32) + squareY));
        // Tissue is dense in some parts and bare in others.
        long region = Noise.mix(seed ^ Noise.mix(((long) (squareX >> 3) << 32) + (squareY >> 3)));
        if (Noise.unit(hash, 0) > 0.15 + 0.8 * Noise.unit(region, 0)) {
            return null;
        }
        double radius = (9 + 11 * Noise.unit(hash, 16)) * spread;
        double flattening = 0.6 + 0.4 * Noise.unit(hash, 32);
        double limit = SQUARE * 0.45;
        long own = Noise.mix(hash + channel);
        double drift = 3.0 * time * (Noise.unit(own, 0) - 0.5);
        double x = (squareX + 0.5) * SQUARE + (Noise.unit(hash, 24) - 0.5) * SCATTER + Math.max(-4, Math.min(4, drift));
        double y = (squareY + 0.5) * SQUARE + (Noise.unit(hash, 40) - 0.5) * SCATTER;
        return new Cell(
                x,
                y,
                Math.min(limit, radius),
                Math.min(limit, radius * flattening),
                (0.2 + 0.8 * Noise.unit(own, 16)) * dimming);
    }

    /**
     * Adds the cells to a part of the document.
     *
     * @param light brightness of each pixel, row by row
     * @param left first column in the document
     * @param top first row in the document
     */
    void draw(float[] light, int left, int top, int width, int height) {
        int firstX = Math.floorDiv(left, SQUARE) - 1;
        int lastX = Math.floorDiv(left + width - 1, SQUARE) + 1;
        int lastY = Math.floorDiv(top + height - 1, SQUARE) + 1;
        for (int squareY = Math.floorDiv(top, SQUARE) - 1; squareY <= lastY; squareY++) {
            for (int squareX = firstX; squareX <= lastX; squareX++) {
                Cell cell = cell(squareX, squareY);
                if (cell != null) {
                    draw(cell, light, left, top, width, height);
                }
            }
        }
    }

    private static void draw(Cell cell, float[] light, int left, int top, int width, int height) {
        int fromY = Math.max(0, (int) Math.ceil(cell.y - cell.radiusY) - top);
        int toY = Math.min(height - 1, (int) Math.floor(cell.y + cell.radiusY) - top);
        int fromX = Math.max(0, (int) Math.ceil(cell.x - cell.radiusX) - left);
        int toX = Math.min(width - 1, (int) Math.floor(cell.x + cell.radiusX) - left);
        for (int y = fromY; y <= toY; y++) {
            double dy = (y + top - cell.y) / cell.radiusY;
            for (int x = fromX; x <= toX; x++) {
                double dx = (x + left - cell.x) / cell.radiusX;
                double inside = 1 - dx * dx - dy * dy;
                if (inside > 0) {
                    light[y * width + x] += (float) (cell.brightness * inside * (2 - inside));
                }
            }
        }
    }
}
