package io.github.czi4j.codec.jpegxr;

/** From coefficients to samples: transforms and overlap filters in their order (sheet §8), on whole planes. */
final class Reconstruction {
    // What the transforms make of a DC that stands alone: the mean of its samples (sheet §8.1–8.3).
    private static final double BLOCK_DC = 1 / 4.0;
    private static final double MACROBLOCK_DC = 1 / 16.0;
    private static final double CHROMA_MACROBLOCK_DC = 1 / 8.0;

    // What the overlap filters make of a plane of one value: the liftings of sheet §8.6 and §8.7 in real numbers. HD
    // Photo's do not keep it quite even, and this is the mean.
    private static final double OVERLAP4_GAIN = 1.46154;
    private static final double LEGACY_OVERLAP4_GAIN = 1.4519;
    private static final double OVERLAP2_GAIN = 5 / 3.0;
    private static final double LEGACY_OVERLAP2_GAIN = 1.6406;

    private static final int FACTOR_BITS = 24;

    private final ImageHeader image;
    private final Extent extent;
    private final PlaneBuffer buffer;
    private final PlaneHeader plane;

    /**
     * Takes what was read.
     *
     * @param buffer holds the extent
     */
    Reconstruction(ImageHeader image, Extent extent, PlaneBuffer buffer) {
        this.image = image;
        this.extent = extent;
        this.buffer = buffer;
        this.plane = buffer.header;
    }

    /**
     * Samples by component, of the rows of the extent that are transformed; chroma at full resolution unless the output is
     * subsampled itself. The coefficients are lost.
     */
    int[][] components(JxrOptions.Resolution resolution) {
        int[][] result = new int[plane.components][];
        boolean isUpsampled = plane.isSubsampled() && image.outputColour() != plane.colour;
        for (int c = 0; c < result.length; c++) {
            result[c] = switch (resolution) {
                case FULL -> samples(c);
                case QUARTER -> quarter(c);
                case SIXTEENTH -> sixteenth(c);
            };
            buffer.highpass[c] = null;
            if (isUpsampled && c > 0 && resolution != JxrOptions.Resolution.SIXTEENTH) {
                int across = resolution == JxrOptions.Resolution.FULL ? 4 : 1;
                result[c] = upsampled(c, result[c], across);
            }
        }
        return result;
    }

    /** Samples of a component over the coded area, in the component's own resolution. */
    private int[] samples(int component) {
        int across = plane.blocksAcross(component);
        int down = plane.blocksDown(component);
        int[] samples = InverseTransform.blockLevel(buffer, component, extent.skippedRows(), blockDcs(component));
        if (image.overlapMode() >= 1) {
            OverlapFilter filter = new OverlapFilter(samples, 4 * across * buffer.columns, isLegacy());
            OverlapFilter.Compensation compensation = isLegacy() ? compensation(component) : null;
            forEachRectangle(
                    4 * across,
                    4 * down,
                    (left, top, right, bottom) -> filter.overlap4(left, top, right, bottom, compensation));
        }
        return samples;
    }

    private int[] blockDcs(int component) {
        int across = plane.blocksAcross(component);
        int down = plane.blocksDown(component);
        int[] blockDcs = InverseTransform.macroblockLevel(buffer, component, extent.skippedRows());
        if (image.overlapMode() == 2) {
            OverlapFilter filter = new OverlapFilter(blockDcs, across * buffer.columns, isLegacy());
            forEachRectangle(across, down, (left, top, right, bottom) -> {
                if (across == 4) {
                    filter.overlap4(left, top, right, bottom, null);
                } else {
                    filter.overlap2(left, top, right, bottom);
                }
            });
        }
        return blockDcs;
    }

    /** A sample for each block. */
    private int[] quarter(int component) {
        int[] blockDcs = blockDcs(component);
        long factor = factor(BLOCK_DC * blockGain());
        for (int i = 0; i < blockDcs.length; i++) {
            blockDcs[i] = times(blockDcs[i], factor);
        }
        return blockDcs;
    }

    /** A sample for each macroblock. */
    private int[] sixteenth(int component) {
        boolean isWhole = plane.blocksAcross(component) == 4;
        double gain = (isWhole ? MACROBLOCK_DC : CHROMA_MACROBLOCK_DC) * InverseTransform.scale(plane, component);
        if (image.overlapMode() == 2) {
            gain *= isWhole ? blockGain() : isLegacy() ? LEGACY_OVERLAP2_GAIN : OVERLAP2_GAIN;
        }
        long factor = factor(gain * blockGain());
        int first = extent.skippedRows() * buffer.columns;
        int[] result = new int[extent.transformedRows() * buffer.columns];
        for (int i = 0; i < result.length; i++) {
            result[i] = times(buffer.lowpass[component][16 * (first + i)], factor);
        }
        return result;
    }

    private double blockGain() {
        return image.overlapMode() == 0 ? 1 : isLegacy() ? LEGACY_OVERLAP4_GAIN : OVERLAP4_GAIN;
    }

    private boolean isLegacy() {
        return image.operators() == ImageHeader.HD_PHOTO;
    }

    private static long factor(double gain) {
        return Math.round(gain * (1L << FACTOR_BITS));
    }

    private static int times(int value, long factor) {
        return (int) (value * factor + (1L << FACTOR_BITS - 1) >> FACTOR_BITS);
    }

    @FunctionalInterface
    private interface RectangleAction {
        void accept(int left, int top, int right, int bottom);
    }

    /** The whole extent, or the part of each tile in it where tiles are hard. */
    private void forEachRectangle(int perColumn, int perRow, RectangleAction action) {
        if (image.operators() != ImageHeader.HARD_TILES) {
            action.accept(0, 0, perColumn * extent.columns(), perRow * extent.transformedRows());
            return;
        }
        int[] columns = image.tileColumns();
        int[] rows = image.tileRows();
        for (int r = 0; r + 1 < rows.length; r++) {
            int top = Math.max(rows[r], extent.first()) - extent.first();
            int bottom = Math.min(rows[r + 1], extent.bottom()) - extent.first();
            for (int c = 0; c + 1 < columns.length && top < bottom; c++) {
                if (columns[c] >= extent.left() && columns[c] < extent.right()) {
                    action.accept(
                            (columns[c] - extent.left()) * perColumn,
                            top * perRow,
                            (columns[c + 1] - extent.left()) * perColumn,
                            bottom * perRow);
                }
            }
        }
    }

    /** Which highpass step counts for a window (sheet §8.8), quirks of the reference included. */
    private OverlapFilter.Compensation compensation(int component) {
        if (!plane.hasHighpass()) {
            return (x, y) -> OverlapFilter.Compensation.ALWAYS;
        }
        int[] steps = buffer.highpassStep[plane.isSubsampled() ? Math.max(0, component - 1) : component];
        int width = 4 * plane.blocksAcross(component);
        int height = 4 * plane.blocksDown(component);
        return (x, y) -> {
            int column = (x + width / 2) / width;
            int row = extent.skippedRows() + (y + (height == 16 && width == 8 ? 4 : height / 2)) / height;
            if (row >= buffer.rows) {
                return steps[steps.length - 1];
            }
            return steps[row * buffer.columns + Math.min(column, buffer.columns - 1)];
        };
    }

    /**
     * Chroma of a subsampled picture at full resolution (sheet §9.1).
     *
     * @param perBlock samples of a block each way
     */
    private int[] upsampled(int component, int[] samples, int perBlock) {
        int width = perBlock * plane.blocksAcross(component) * buffer.columns;
        int height = perBlock * plane.blocksDown(component) * extent.transformedRows();
        int[] tall = samples;
        if (plane.blocksDown(component) == 2) {
            tall = new int[samples.length * 2];
            for (int y = 0; y < height; y++) {
                int next = Math.min(y + 1, height - 1);
                for (int x = 0; x < width; x++) {
                    int value = samples[y * width + x];
                    tall[2 * y * width + x] = value;
                    // The last row stands for the one that is missing below it.
                    tall[(2 * y + 1) * width + x] = value + samples[next * width + x] + 1 >> 1;
                }
            }
        }
        int[] result = new int[tall.length * 2];
        for (int i = 0; i < tall.length; i++) {
            int x = i % width;
            result[2 * i] = tall[i];
            result[2 * i + 1] = x == width - 1 ? tall[i] : tall[i] + tall[i + 1] + 1 >> 1;
        }
        return result;
    }
}
