package io.github.czi4j.codec.jpegxr;

/** From coefficients to samples: transforms and overlap filters in their order (sheet §8). */
final class Reconstruction {
    private final ImageHeader image;
    private final PlaneBuffer buffer;
    private final PlaneHeader plane;

    Reconstruction(ImageHeader image, PlaneBuffer buffer) {
        this.image = image;
        this.buffer = buffer;
        this.plane = buffer.header;
    }

    /** Samples of a component over the whole coded area, in the component's own resolution. */
    int[] samples(int component) {
        int across = plane.blocksAcross(component);
        int down = plane.blocksDown(component);
        boolean isLegacy = image.operators() == ImageHeader.HD_PHOTO;
        int[] blockDcs = InverseTransform.macroblockLevel(buffer, component);
        if (image.overlapMode() == 2) {
            OverlapFilter filter = new OverlapFilter(blockDcs, across * buffer.columns, isLegacy);
            forEachRectangle(across, down, (left, top, right, bottom) -> {
                if (across == 4) {
                    filter.overlap4(left, top, right, bottom, null);
                } else {
                    filter.overlap2(left, top, right, bottom);
                }
            });
        }
        int[] samples = InverseTransform.blockLevel(buffer, component, blockDcs);
        if (image.overlapMode() >= 1) {
            OverlapFilter filter = new OverlapFilter(samples, 4 * across * buffer.columns, isLegacy);
            OverlapFilter.Compensation compensation = isLegacy ? compensation(component) : null;
            forEachRectangle(
                    4 * across,
                    4 * down,
                    (left, top, right, bottom) -> filter.overlap4(left, top, right, bottom, compensation));
        }
        return samples;
    }

    @FunctionalInterface
    private interface RectangleAction {
        void accept(int left, int top, int right, int bottom);
    }

    /** The whole plane, or each tile where tiles are hard. */
    private void forEachRectangle(int perColumn, int perRow, RectangleAction action) {
        if (image.operators() != ImageHeader.HARD_TILES) {
            action.accept(0, 0, perColumn * buffer.columns, perRow * buffer.rows);
            return;
        }
        int[] columns = image.tileColumns();
        int[] rows = image.tileRows();
        for (int r = 0; r + 1 < rows.length; r++) {
            for (int c = 0; c + 1 < columns.length; c++) {
                action.accept(
                        columns[c] * perColumn, rows[r] * perRow, columns[c + 1] * perColumn, rows[r + 1] * perRow);
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
            int row = (y + (height == 16 && width == 8 ? 4 : height / 2)) / height;
            if (row >= buffer.rows) {
                return steps[steps.length - 1];
            }
            return steps[row * buffer.columns + Math.min(column, buffer.columns - 1)];
        };
    }

    /** Chroma of a subsampled picture at full resolution (sheet §9.1). */
    int[] upsampled(int component, int[] samples) {
        int width = 4 * plane.blocksAcross(component) * buffer.columns;
        int height = 4 * plane.blocksDown(component) * buffer.rows;
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
