package io.github.czi4j.codec.jpegxr;

import io.github.czi4j.model.Rect;
import java.util.Objects;
import java.util.Optional;

/**
 * What is decoded of a picture, and how. Immutable: each method gives a copy.
 *
 * <pre>{@code
 * JxrOptions.defaults().region(new Rect(512, 0, 256, 256)).resolution(JxrOptions.Resolution.QUARTER)
 * }</pre>
 */
public final class JxrOptions {
    private static final JxrOptions DEFAULTS = new JxrOptions(1L << 30, Truncation.REFUSE, Resolution.FULL, null);

    private final long maxBytes;
    private final Truncation truncation;
    private final Resolution resolution;
    private final Rect region;

    /** What to do where the data end early. */
    public enum Truncation {
        /** There is no picture. */
        REFUSE,
        /** Missing bits are 0, as jxrlib has it; the picture says that it is {@linkplain JxrImage#isTruncated cut}. */
        PAD
    }

    /**
     * How many samples there are for those of the picture. The smaller ones come from the first bands of the data alone
     * and approximate the mean of a square of pixels; they are never exact. Where tiles store each band by itself
     * (frequency mode, as in CZI files of ZEN and libCZI), the larger part of the data is not even read.
     */
    public enum Resolution {
        /** All bands: the exact picture. */
        FULL(1, PlaneHeader.MAX_BANDS),
        /** DC and lowpass: one sample for each square of 4. */
        QUARTER(4, 2),
        /** DC: one sample for each square of 16. */
        SIXTEENTH(16, 1);

        private final int divisor;
        private final int bands;

        Resolution(int divisor, int bands) {
            this.divisor = divisor;
            this.bands = bands;
        }

        /**
         * Side of the square of pixels that a sample stands for.
         *
         * @return 1, 4 or 16
         */
        public int divisor() {
            return divisor;
        }

        /** How many bands are needed. */
        int bands() {
            return bands;
        }
    }

    private JxrOptions(long maxBytes, Truncation truncation, Resolution resolution, Rect region) {
        this.maxBytes = maxBytes;
        this.truncation = truncation;
        this.resolution = resolution;
        this.region = region;
    }

    /**
     * All of a picture at full resolution, up to a gigabyte, refused if it is cut.
     *
     * @return the options
     */
    public static JxrOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Limits memory.
     *
     * @param bytes the most that the decoded samples may take, at least 0; the work on them may take eight times as much
     * @return a copy with this limit
     */
    public JxrOptions maxBytes(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a limit of " + bytes + " bytes");
        }
        return new JxrOptions(bytes, truncation, resolution, region);
    }

    /**
     * Says what to do where the data end early.
     *
     * @param choice not null
     * @return a copy with this choice
     */
    public JxrOptions truncation(Truncation choice) {
        return new JxrOptions(maxBytes, Objects.requireNonNull(choice), resolution, region);
    }

    /**
     * Chooses the resolution.
     *
     * @param choice not null
     * @return a copy with this choice
     */
    public JxrOptions resolution(Resolution choice) {
        return new JxrOptions(maxBytes, truncation, Objects.requireNonNull(choice), region);
    }

    /**
     * Chooses a part of the picture. Only the tiles that it touches are read, each from its top as far down as the part
     * reaches, and only the rows of macroblocks that it needs are transformed; what it holds is exactly what the whole
     * picture holds there.
     *
     * @param rectangle pixels of the picture as it is decoded at full resolution, turned if the container says so; not
     *     empty. The decoded picture has its size, divided by the resolution's divisor and rounded up
     * @return a copy with this region
     */
    public JxrOptions region(Rect rectangle) {
        if (rectangle.isEmpty()) {
            throw new IllegalArgumentException("an empty region");
        }
        return new JxrOptions(maxBytes, truncation, resolution, rectangle);
    }

    /**
     * The limit of memory.
     *
     * @return bytes
     */
    public long maxBytes() {
        return maxBytes;
    }

    /**
     * What happens where the data end early.
     *
     * @return the choice
     */
    public Truncation truncation() {
        return truncation;
    }

    /**
     * The resolution.
     *
     * @return the choice
     */
    public Resolution resolution() {
        return resolution;
    }

    /**
     * The part that is decoded.
     *
     * @return empty for all
     */
    public Optional<Rect> region() {
        return Optional.ofNullable(region);
    }
}
