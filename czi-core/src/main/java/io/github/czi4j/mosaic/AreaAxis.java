package io.github.czi4j.mosaic;

/**
 * A tile whose pixels are averaged: an output pixel stands for an interval of the region, a stored pixel for one of the
 * tile's extent, and the length that they share is its weight. The canvas is in pixels of layer 0.
 */
final class AreaAxis implements Axis {
    private final int stored;
    /** Where the tile begins, in pixels of layer 0 from the start of the region. */
    private final long start;

    private final int first;
    private final int size;
    /** Pixels of layer 0 for a stored pixel. */
    private final double pixelSize;

    private final int regionSize;
    private final int output;

    /**
     * A tile that is averaged.
     *
     * @param logicalStart first column in the document
     * @param logicalSize columns in the document
     * @param stored columns of the bitmap
     * @param regionStart first column of the region
     * @param regionSize columns of the region
     * @param output columns of the output
     */
    AreaAxis(int logicalStart, int logicalSize, int stored, int regionStart, int regionSize, int output) {
        this.stored = stored;
        this.start = (long) logicalStart - regionStart;
        this.first = (int) Math.max(0, Math.min(regionSize, start));
        this.size = (int) Math.max(0, Math.min(regionSize, start + logicalSize) - first);
        this.pixelSize = (double) logicalSize / stored;
        this.regionSize = regionSize;
        this.output = output;
    }

    @Override
    public int first() {
        return first;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public AxisWeights weights(int from, int to, boolean feather) {
        int firstOutput = (int) (Math.multiplyFull(from, output) / regionSize);
        int lastOutput = (int) ((Math.multiplyFull(to, output) - 1) / regionSize);
        int count = lastOutput - firstOutput + 1;
        int[] source = new int[count];
        int[] begin = new int[count + 1];
        for (int i = 0; i < count; i++) {
            source[i] = source(lower(firstOutput + i, from));
            int last = Math.max(source[i], sourceBelow(upper(firstOutput + i, to)));
            begin[i + 1] = begin[i] + last - source[i] + 1;
        }
        double[] weights = new double[begin[count]];
        double outputSize = (double) regionSize / output;
        for (int i = 0; i < count; i++) {
            double lower = lower(firstOutput + i, from);
            double upper = upper(firstOutput + i, to);
            for (int k = begin[i]; k < begin[i + 1]; k++) {
                int column = source[i] + k - begin[i];
                double shared =
                        Math.min(upper, start + (column + 1) * pixelSize) - Math.max(lower, start + column * pixelSize);
                weights[k] = Math.max(0, shared) / outputSize;
                if (feather) {
                    weights[k] *= AxisWeights.edgeDistance(column, stored, pixelSize);
                }
            }
        }
        return new AxisWeights(firstOutput, source, begin, weights);
    }

    private double lower(int outputColumn, int from) {
        return Math.max(from, Math.multiplyFull(outputColumn, regionSize) / (double) output);
    }

    private double upper(int outputColumn, int to) {
        return Math.min(to, Math.multiplyFull(outputColumn + 1, regionSize) / (double) output);
    }

    private int source(double position) {
        return (int) Math.max(0, Math.min(stored - 1, Math.floor((position - start) / pixelSize)));
    }

    private int sourceBelow(double position) {
        return (int) Math.max(0, Math.min(stored - 1, Math.ceil((position - start) / pixelSize) - 1));
    }
}
