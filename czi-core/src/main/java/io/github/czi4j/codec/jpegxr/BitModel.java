package io.github.czi4j.codec.jpegxr;

import java.util.Arrays;

/** How many low bits of a band's coefficients are stored raw: adapts after each macroblock (sheet §5.3). */
final class BitModel {
    /** The bands, in the order of the weights. */
    enum Band {
        DC(8, 240, 120, 120, new int[] {0, 240, 120, 80, 60, 48, 40, 34, 30, 27, 24, 22, 20, 18, 17, 16}),
        LOWPASS(4, 12, 37, 18, new int[] {0, 12, 6, 4, 3, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1}),
        HIGHPASS(0, 1, 2, 1, new int[] {0, 16, 8, 5, 4, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 1});

        private final int initialBits;
        private final int luma;
        private final int chroma420;
        private final int chroma422;
        private final int[] chroma;

        Band(int initialBits, int luma, int chroma420, int chroma422, int[] chroma) {
            this.initialBits = initialBits;
            this.luma = luma;
            this.chroma420 = chroma420;
            this.chroma422 = chroma422;
            this.chroma = chroma;
        }
    }

    private static final int TARGET = 70;
    private static final int MAX_BITS = 15;

    /** Raw bits of luma and chroma. */
    final int[] bits = new int[2];

    private final int[] state = new int[2];
    private final int initialBits;
    private final int lumaWeight;
    private final int chromaWeight;
    private final int chromaShift;
    private final int count;

    BitModel(Band band, PlaneHeader plane) {
        initialBits = band.initialBits;
        lumaWeight = band.luma;
        chromaWeight = switch (plane.colour) {
            case ImageHeader.YUV420 -> band.chroma420;
            case ImageHeader.YUV422 -> band.chroma422;
            default -> band.chroma[plane.components - 1];
        };
        chromaShift = band == Band.HIGHPASS && !plane.isSubsampled() ? 4 : 0;
        count = plane.colour == ImageHeader.YONLY ? 1 : 2;
        reset();
    }

    /** Goes back to the state at the beginning of a tile. */
    void reset() {
        Arrays.fill(bits, initialBits);
        Arrays.fill(state, 0);
    }

    /** Takes the numbers of coefficients that were met in a macroblock. */
    void update(int luma, int chroma) {
        adapt(0, luma * lumaWeight);
        if (count > 1) {
            adapt(1, chroma * chromaWeight >> chromaShift);
        }
    }

    private void adapt(int j, int laplacian) {
        int delta = laplacian - TARGET >> 2;
        if (delta <= -8) {
            state[j] += Math.max(delta + 4, -16);
            if (state[j] < -8) {
                if (bits[j] == 0) {
                    state[j] = -8;
                } else {
                    state[j] = 0;
                    bits[j]--;
                }
            }
        } else if (delta >= 8) {
            state[j] += Math.min(delta - 4, 15);
            if (state[j] > 8) {
                if (bits[j] >= MAX_BITS) {
                    bits[j] = MAX_BITS;
                    state[j] = 8;
                } else {
                    state[j] = 0;
                    bits[j]++;
                }
            }
        }
    }
}
