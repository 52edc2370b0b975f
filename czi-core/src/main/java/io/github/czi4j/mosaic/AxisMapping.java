package io.github.czi4j.mosaic;

/**
 * Which output columns a tile reaches, and which of its columns each of them shows; the same for rows. At zoom 1 a plain
 * shift; else libCZI's nearest neighbour in double precision, whose inclusive end overshoots by a pixel (sheet §7.5).
 */
final class AxisMapping implements Axis {
    private final int first;
    private final int last;
    private final double destination;
    private final double ratio;
    private final double origin;
    private final int maxSource;
    /** Pixels of layer 0 for a stored pixel, where that differs from tile to tile. */
    private final double pixelSize;

    private final boolean isShift;

    private AxisMapping(
            int first,
            int last,
            double destination,
            double ratio,
            double origin,
            int maxSource,
            double pixelSize,
            boolean isShift) {
        this.first = first;
        this.last = last;
        this.destination = destination;
        this.ratio = ratio;
        this.origin = origin;
        this.maxSource = maxSource;
        this.pixelSize = pixelSize;
        this.isShift = isShift;
    }

    /**
     * A tile that is copied as it is.
     *
     * @param start where its first column goes, possibly outside the output
     * @param stored columns of the bitmap
     * @param output columns of the output
     */
    static AxisMapping shift(long start, int stored, int output) {
        long first = Math.max(0, start);
        long last = Math.min(output, start + stored) - 1;
        return last < first
                ? new AxisMapping(0, -1, 0, 1, 0, 0, 1, true)
                : new AxisMapping((int) first, (int) last, start, 1, 0, stored - 1, 1, true);
    }

    /**
     * A tile that is scaled.
     *
     * @param logicalStart first column in the document
     * @param logicalSize columns in the document
     * @param stored columns of the bitmap
     * @param roiStart first column of the region
     * @param roiSize columns of the region
     * @param output columns of the output
     */
    static AxisMapping nearest(int logicalStart, int logicalSize, int stored, int roiStart, int roiSize, int output) {
        int from = Math.max(logicalStart, roiStart);
        int to = Math.min(logicalStart + logicalSize, roiStart + roiSize);
        double from01 = (from - logicalStart) / (double) logicalSize;
        double to01 = (to - logicalStart) / (double) logicalSize;
        double sx = from01 * stored;
        double sw = (to01 - from01) * stored;
        double fromRoi01 = (from - roiStart) / (double) roiSize;
        double toRoi01 = (to - roiStart) / (double) roiSize;
        double dx = fromRoi01 * output;
        double dw = (toRoi01 - fromRoi01) * output;
        int first = Math.max((int) dx, Math.max(0, (int) Math.ceil((0 - sx) * dw / sw + dx)));
        int last = Math.min((int) (dx + dw), Math.min(output - 1, (int) Math.ceil((stored - 1 - sx) * dw / sw + dx)));
        return new AxisMapping(first, last, dx, sw / dw, sx, stored - 1, (double) logicalSize / stored, false);
    }

    /**
     * A tile that is coarser than the output: each output column shows the column of the tile in which its centre lies.
     * libCZI's formula is made for finer tiles and leaves the last columns out.
     *
     * @param logicalStart first column in the document
     * @param logicalSize columns in the document
     * @param stored columns of the bitmap
     * @param roiStart first column of the region
     * @param roiSize columns of the region
     * @param output columns of the output
     */
    static AxisMapping magnified(int logicalStart, int logicalSize, int stored, int roiStart, int roiSize, int output) {
        double scale = (double) output / roiSize;
        double start = ((long) logicalStart - roiStart) * scale;
        double end = ((long) logicalStart + logicalSize - roiStart) * scale;
        int first = (int) Math.max(0, Math.ceil(start - 0.5));
        int last = (int) Math.min(output - 1, Math.ceil(end - 0.5) - 1);
        double ratio = stored / (end - start);
        // Rounded to the nearest later on, so that half a pixel off makes the whole part.
        return new AxisMapping(
                first, last, start, ratio, ratio / 2 - 0.5, stored - 1, (double) logicalSize / stored, false);
    }

    @Override
    public int first() {
        return first;
    }

    @Override
    public int size() {
        return Math.max(0, last - first + 1);
    }

    /** Whether neighbouring output columns show neighbouring columns of the tile. */
    boolean isShift() {
        return isShift;
    }

    /** The tile's column that an output column shows. */
    int source(int output) {
        if (isShift) {
            return output - (int) destination;
        }
        long nearest = Math.round((output - destination) * ratio + origin);
        return (int) Math.max(0, Math.min(maxSource, nearest));
    }

    /** One column of the tile for each output column: the canvas is the output. */
    @Override
    public AxisWeights weights(int from, int to, boolean feather) {
        int count = to - from;
        int[] source = new int[count];
        int[] begin = new int[count + 1];
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            source[i] = source(from + i);
            begin[i + 1] = i + 1;
            weights[i] = feather ? AxisWeights.edgeDistance(source[i], maxSource + 1, pixelSize) : 1;
        }
        return new AxisWeights(from, source, begin, weights);
    }
}
