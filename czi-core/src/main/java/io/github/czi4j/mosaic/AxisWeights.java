package io.github.czi4j.mosaic;

/**
 * Which columns of a tile each of a run of output columns shows, and how much each of them counts; the same for rows.
 */
final class AxisWeights {
    /** The first output column. */
    final int first;
    /** For each output column the first of its columns of the tile. */
    final int[] source;
    /** For each output column where its weights begin in {@link #weights}; one element more than output columns. */
    final int[] begin;
    /** One for each column of the tile, in turn. */
    final double[] weights;

    AxisWeights(int first, int[] source, int[] begin, double[] weights) {
        this.first = first;
        this.source = source;
        this.begin = begin;
        this.weights = weights;
    }

    /** Number of output columns. */
    int count() {
        return source.length;
    }

    /** The column of the tile behind the last one that an output column shows. */
    int sourceEnd(int i) {
        return source[i] + begin[i + 1] - begin[i];
    }

    /** For each output column the sum of its weights. */
    double[] totals() {
        double[] totals = new double[count()];
        for (int i = 0; i < totals.length; i++) {
            for (int k = begin[i]; k < begin[i + 1]; k++) {
                totals[i] += weights[k];
            }
        }
        return totals;
    }

    /** Distance from the centre of a stored pixel to the nearer edge of its tile, in pixels of layer 0. */
    static double edgeDistance(int source, int stored, double pixelSize) {
        return (Math.min(source, stored - 1 - source) + 0.5) * pixelSize;
    }
}
