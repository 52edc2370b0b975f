package io.github.czi4j.codec;

/**
 * 16-bit samples as Zstd1 packs them (sheet §4.6): first the low bytes of all, then the high ones. Who needs but some of
 * them saves the step of putting all together.
 *
 * @param bytes both halves from index 0; memory of the {@link Scratch} that is overwritten by the next tile
 * @param half number of samples
 */
public record SplitSamples(byte[] bytes, int half) {
    /**
     * Copies pixels from some columns of a row.
     *
     * @param rowStart first pixel of the row
     * @param columns in the row
     * @param first index of the first column
     * @param count number of columns
     * @param samples of a pixel
     * @param to takes the samples
     * @param at where the first one goes
     */
    public void gather(int rowStart, int[] columns, int first, int count, int samples, short[] to, int at) {
        if (samples == 1) {
            gatherGrey(rowStart, columns, first, count, to, at);
            return;
        }
        for (int i = 0; i < count; i++) {
            int low = (rowStart + columns[first + i]) * samples;
            for (int s = 0; s < samples; s++) {
                to[at + i * samples + s] = sample(low + s);
            }
        }
    }

    private void gatherGrey(int rowStart, int[] columns, int first, int count, short[] to, int at) {
        for (int i = 0; i < count; i++) {
            to[at + i] = sample(rowStart + columns[first + i]);
        }
    }

    private short sample(int index) {
        return (short) (bytes[index] & 0xFF | bytes[half + index] << 8);
    }
}
