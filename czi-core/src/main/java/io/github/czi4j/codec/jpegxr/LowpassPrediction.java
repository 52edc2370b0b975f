package io.github.czi4j.codec.jpegxr;

import java.util.Arrays;

/** Prediction and dequantisation of DC and lowpass of one plane in one tile (sheet §6, §7). */
final class LowpassPrediction {
    // Where a macroblock is predicted from.
    static final int NONE = 0;
    static final int FROM_LEFT = 1;
    static final int FROM_TOP = 2;
    private static final int FROM_BOTH = 3;

    private final PlaneBuffer buffer;
    private final PlaneHeader plane;
    private final TileQuantisers quantisers;
    private final boolean hasLowpass;

    LowpassPrediction(PlaneBuffer buffer, TileQuantisers quantisers, boolean hasLowpass) {
        this.buffer = buffer;
        this.plane = buffer.header;
        this.quantisers = quantisers;
        this.hasLowpass = hasLowpass;
    }

    /** Takes the values of a macroblock from differences to steps of the transform. */
    void predict(int macroblock, boolean hasLeft, boolean hasTop, int lowpassSet) {
        buffer.lowpassSet[macroblock] = (byte) lowpassSet;
        int at = macroblock * 16;
        int left = at - 16;
        int top = at - 16 * buffer.columns;
        int mode = dcMode(hasLeft, hasTop, left, top);
        int lowpassMode = NONE;
        if (mode == FROM_TOP && buffer.lowpassSet[macroblock - buffer.columns] == lowpassSet) {
            lowpassMode = FROM_TOP;
        } else if (mode == FROM_LEFT && buffer.lowpassSet[macroblock - 1] == lowpassSet) {
            lowpassMode = FROM_LEFT;
        }
        for (int c = 0; c < plane.components; c++) {
            int[] values = buffer.predicted[c];
            boolean isSmall = c > 0 && plane.isSubsampled();
            switch (mode) {
                case FROM_TOP -> values[at] += values[top];
                case FROM_LEFT -> values[at] += values[left];
                case FROM_BOTH -> values[at] += values[left] + values[top] + (isSmall ? 1 : 0) >> 1;
                default -> {
                    // The first macroblock of a tile.
                }
            }
            if (hasLowpass) {
                predictLowpass(values, at, left, top, mode, lowpassMode, isSmall);
            }
            dequantise(c, at, lowpassSet);
        }
    }

    private int dcMode(boolean hasLeft, boolean hasTop, int left, int top) {
        if (!hasLeft) {
            return hasTop ? FROM_TOP : NONE;
        }
        if (!hasTop) {
            return FROM_LEFT;
        }
        int topLeft = top - 16;
        int[] luma = buffer.predicted[0];
        int horizontal = Math.abs(luma[topLeft] - luma[left]);
        int vertical = Math.abs(luma[topLeft] - luma[top]);
        if (plane.colour != ImageHeader.YONLY && plane.colour != ImageHeader.NCOMPONENT) {
            int scale = plane.colour == ImageHeader.YUV420 ? 8 : plane.colour == ImageHeader.YUV422 ? 4 : 2;
            int[] u = buffer.predicted[1];
            int[] v = buffer.predicted[2];
            horizontal = horizontal * scale + Math.abs(u[topLeft] - u[left]) + Math.abs(v[topLeft] - v[left]);
            vertical = vertical * scale + Math.abs(u[topLeft] - u[top]) + Math.abs(v[topLeft] - v[top]);
        }
        if (horizontal * 4 < vertical) {
            return FROM_TOP;
        }
        return vertical * 4 < horizontal ? FROM_LEFT : FROM_BOTH;
    }

    private void predictLowpass(int[] values, int at, int left, int top, int mode, int lowpassMode, boolean isSmall) {
        if (!isSmall) {
            if (lowpassMode == FROM_TOP) {
                values[at + 4] += values[top + 4];
                values[at + 8] += values[top + 8];
                values[at + 12] += values[top + 12];
            } else if (lowpassMode == FROM_LEFT) {
                values[at + 1] += values[left + 1];
                values[at + 2] += values[left + 2];
                values[at + 3] += values[left + 3];
            }
        } else if (plane.colour == ImageHeader.YUV420) {
            if (lowpassMode == FROM_TOP) {
                values[at + 2] += values[top + 2];
            } else if (lowpassMode == FROM_LEFT) {
                values[at + 1] += values[left + 1];
            }
        } else if (lowpassMode == FROM_TOP) {
            values[at + 4] += values[top + 4];
            values[at + 2] += values[top + 6];
            values[at + 6] += values[at + 2];
        } else if (lowpassMode == FROM_LEFT) {
            values[at + 4] += values[left + 4];
            values[at + 1] += values[left + 1];
            values[at + 5] += values[left + 5];
        } else if (mode == FROM_TOP) {
            values[at + 6] += values[at + 2];
        }
    }

    private void dequantise(int component, int at, int lowpassSet) {
        int[] values = buffer.predicted[component];
        int[] result = buffer.lowpass[component];
        result[at] = values[at] * quantisers.dc[component];
        if (hasLowpass) {
            int step = quantisers.lowpass[lowpassSet][component];
            for (int n = 1; n < 16; n++) {
                result[at + n] = values[at + n] * step;
            }
        } else {
            Arrays.fill(result, at + 1, at + 16, 0);
        }
    }

    /** Where the highpass of a macroblock is predicted from, by its own lowpass (sheet §7.3). */
    int highpassMode(int macroblock) {
        int at = macroblock * 16;
        int[] y = buffer.predicted[0];
        int horizontal = Math.abs(y[at + 1]) + Math.abs(y[at + 2]) + Math.abs(y[at + 3]);
        int vertical = Math.abs(y[at + 4]) + Math.abs(y[at + 8]) + Math.abs(y[at + 12]);
        if (plane.colour != ImageHeader.YONLY && plane.colour != ImageHeader.NCOMPONENT) {
            for (int c = 1; c <= 2; c++) {
                int[] values = buffer.predicted[c];
                horizontal += Math.abs(values[at + 1]);
                if (plane.colour == ImageHeader.YUV420) {
                    vertical += Math.abs(values[at + 2]);
                } else if (plane.colour == ImageHeader.YUV422) {
                    horizontal += Math.abs(values[at + 5]);
                    vertical += Math.abs(values[at + 2]) + Math.abs(values[at + 6]);
                } else {
                    vertical += Math.abs(values[at + 4]);
                }
            }
        }
        if (horizontal * 4 < vertical) {
            return FROM_TOP;
        }
        return vertical * 4 < horizontal ? FROM_LEFT : NONE;
    }
}
