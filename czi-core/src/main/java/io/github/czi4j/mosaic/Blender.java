package io.github.czi4j.mosaic;

import io.github.czi4j.model.Mask;
import io.github.czi4j.model.Overlap;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import java.util.Arrays;

/**
 * Makes output pixels that are means of several stored ones: area averages ({@code Downscaling.AREA_AVERAGE}) and blended
 * overlaps ({@code Overlap.FEATHER}). Sums and weights of the whole output are kept until all tiles are painted.
 *
 * <p>Without feathering the weight of a tile is the share of the output pixel that it covers, and the shares of all tiles
 * come to 1 at most: a tile that leaves less room than those below it have takes from them. Where tiles were cut apart
 * before, there is always room enough but for rounding; where masks forbade that, a tile hides what is below it by the
 * share of its valid pixels.
 */
final class Blender implements Painter {
    /** Less room than this is none: what is left of 1 by rounding must not let hidden values through. */
    private static final double NO_ROOM = 1e-9;

    private final Pixels output;
    private final int firstRow;
    private final Canvas canvas;
    private final boolean feather;
    private final int samples;
    private final double[] sums;
    private final double[] weights;

    /**
     * Blends in rows of the output.
     *
     * @param rows takes the pixels
     * @param firstRow which row of the output their first one is
     */
    Blender(Plan plan, Pixels rows, int firstRow) {
        this.output = rows;
        this.firstRow = firstRow;
        this.canvas = plan.canvas();
        this.feather = plan.input().composition().overlap() == Overlap.FEATHER;
        this.samples = output.type().samplesPerPixel();
        int pixels = output.width() * output.height();
        this.sums = new double[pixels * samples];
        this.weights = new double[pixels];
    }

    @Override
    public boolean isOrderFree() {
        return false;
    }

    @Override
    public void check(LoadedTile tile) throws UnsupportedConversionException {
        Painter.checkConversion(tile, output.type());
    }

    @Override
    public void reset() {
        Arrays.fill(sums, 0);
        Arrays.fill(weights, 0);
    }

    @Override
    public void paint(LoadedTile tile, PlannedTile planned, int fromRow, int toRow, WorkerContext context) {
        for (Rect part : planned.visible()) {
            Rect reach = canvas.toOutput(part);
            if (reach.y() < toRow && reach.bottom() > fromRow) {
                AxisWeights columns = planned.columns().weights(part.x(), part.right(), feather);
                AxisWeights rows = planned.rows().weights(part.y(), part.bottom(), feather);
                new Part(tile, columns, rows).paint(fromRow, toRow);
            }
        }
    }

    /** A visible part of a tile on its way to the sums. */
    private final class Part {
        private final Mask mask;
        private final AxisWeights columns;
        private final AxisWeights rows;
        private final int firstSource;
        private final TileSamples tileSamples;
        private final double[] source;
        /** Weighted sums of one row of the tile, for each output column. */
        private final double[] line;

        /** Weights behind them: the same in every row but where a mask says otherwise. */
        private final double[] lineWeights;

        /** Weighted sums of all rows of the tile that an output row shows. */
        private final double[] sum;

        private final double[] sumWeights;

        Part(LoadedTile tile, AxisWeights columns, AxisWeights rows) {
            this.mask = tile.mask();
            this.columns = columns;
            this.rows = rows;
            int count = columns.count();
            // Nearest neighbours do not run backwards, so the last column comes last.
            this.firstSource = columns.source[0];
            int sourceCount = columns.sourceEnd(count - 1) - firstSource;
            this.tileSamples = new TileSamples(tile, output.type(), firstSource, sourceCount);
            this.source = new double[sourceCount * samples];
            this.line = new double[count * samples];
            this.lineWeights = columns.totals();
            this.sum = new double[count * samples];
            this.sumWeights = new double[count];
        }

        void paint(int fromRow, int toRow) {
            int inLine = -1;
            int begin = Math.max(0, fromRow - rows.first);
            int end = Math.min(rows.count(), toRow - rows.first);
            for (int i = begin; i < end; i++) {
                boolean isFirst = true;
                for (int row = rows.source[i]; row < rows.sourceEnd(i); row++) {
                    double weight = rows.weights[rows.begin[i] + row - rows.source[i]];
                    if (weight > 0) {
                        if (row != inLine) {
                            sumLine(row);
                            inLine = row;
                        }
                        addLine(weight, isFirst);
                        isFirst = false;
                    }
                }
                if (!isFirst) {
                    int firstPixel = (rows.first + i - firstRow) * output.width() + columns.first;
                    if (feather) {
                        add(firstPixel);
                    } else {
                        merge(firstPixel);
                    }
                }
            }
        }

        private void sumLine(int row) {
            tileSamples.read(row, source);
            if (mask != null) {
                sumValid(row);
            } else if (samples == 1) {
                sumGrey();
            } else {
                sumColour();
            }
        }

        private void sumGrey() {
            for (int i = 0; i < line.length; i++) {
                double total = 0;
                int at = columns.source[i] - firstSource;
                for (int k = columns.begin[i]; k < columns.begin[i + 1]; k++, at++) {
                    // What is not covered may be infinite, and 0 times that is no number.
                    if (columns.weights[k] > 0) {
                        total += columns.weights[k] * source[at];
                    }
                }
                line[i] = total;
            }
        }

        private void sumColour() {
            Arrays.fill(line, 0);
            for (int i = 0; i < columns.count(); i++) {
                int at = (columns.source[i] - firstSource) * samples;
                for (int k = columns.begin[i]; k < columns.begin[i + 1]; k++, at += samples) {
                    if (columns.weights[k] > 0) {
                        addPixel(i, columns.weights[k], at);
                    }
                }
            }
        }

        private void sumValid(int row) {
            Arrays.fill(line, 0);
            Arrays.fill(lineWeights, 0);
            for (int i = 0; i < lineWeights.length; i++) {
                int column = columns.source[i];
                for (int k = columns.begin[i]; k < columns.begin[i + 1]; k++, column++) {
                    double weight = columns.weights[k];
                    if (weight > 0 && mask.isValid(column, row)) {
                        lineWeights[i] += weight;
                        addPixel(i, weight, (column - firstSource) * samples);
                    }
                }
            }
        }

        private void addPixel(int outputColumn, double weight, int from) {
            for (int s = 0; s < samples; s++) {
                line[outputColumn * samples + s] += weight * source[from + s];
            }
        }

        private void addLine(double weight, boolean isFirst) {
            if (isFirst) {
                for (int i = 0; i < sum.length; i++) {
                    sum[i] = weight * line[i];
                }
                for (int i = 0; i < sumWeights.length; i++) {
                    sumWeights[i] = weight * lineWeights[i];
                }
            } else {
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += weight * line[i];
                }
                for (int i = 0; i < sumWeights.length; i++) {
                    sumWeights[i] += weight * lineWeights[i];
                }
            }
        }

        private void add(int firstPixel) {
            for (int i = 0; i < sumWeights.length; i++) {
                weights[firstPixel + i] += sumWeights[i];
            }
            int first = firstPixel * samples;
            for (int i = 0; i < sum.length; i++) {
                sums[first + i] += sum[i];
            }
        }

        private void merge(int firstPixel) {
            for (int i = 0; i < sumWeights.length; i++) {
                double added = sumWeights[i];
                if (added > 0) {
                    int pixel = firstPixel + i;
                    double kept = keep(weights[pixel], added);
                    double scale = kept == weights[pixel] ? 1 : kept / weights[pixel];
                    weights[pixel] = kept + added;
                    for (int s = 0; s < samples; s++) {
                        int at = pixel * samples + s;
                        sums[at] = (kept == 0 ? 0 : sums[at] * scale) + sum[i * samples + s];
                    }
                }
            }
        }

        private static double keep(double below, double added) {
            double room = 1 - added;
            return room < NO_ROOM ? 0 : Math.min(below, room);
        }
    }

    @Override
    public void finish(int fromRow, int toRow) {
        Store store = store();
        for (int pixel = (fromRow - firstRow) * output.width(); pixel < (toRow - firstRow) * output.width(); pixel++) {
            double weight = weights[pixel];
            if (weight > 0) {
                for (int i = pixel * samples; i < (pixel + 1) * samples; i++) {
                    store.put(i, sums[i] / weight);
                }
            }
        }
    }

    @FunctionalInterface
    private interface Store {
        void put(int i, double value);
    }

    private Store store() {
        return switch (output.type().sample()) {
            case UINT8 -> {
                byte[] to = output.bytes();
                yield (i, value) -> to[i] = (byte) (int) (value + 0.5);
            }
            case UINT16 -> {
                short[] to = output.shorts();
                yield (i, value) -> to[i] = (short) (int) (value + 0.5);
            }
            case INT32 -> {
                int[] to = output.ints();
                yield (i, value) -> to[i] = (int) Math.floor(value + 0.5);
            }
            case FLOAT32 -> {
                float[] to = output.floats();
                yield (i, value) -> to[i] = (float) value;
            }
            case FLOAT64 -> {
                double[] to = output.doubles();
                yield (i, value) -> to[i] = value;
            }
        };
    }
}
