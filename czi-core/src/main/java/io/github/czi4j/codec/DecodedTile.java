package io.github.czi4j.codec;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A decoded bitmap.
 *
 * @param pixels rows from top to bottom without padding, little-endian, from index 0 to the format's size, or to the
 *     end of the rows that are wanted; may be the payload itself, or memory of the {@link Scratch} that is overwritten by the
 *     next tile; null if {@linkplain #isDelivered delivered}
 * @param split the same samples, where they are still split in low and high bytes; else null
 * @param warnings what was mended on the way, for instance a payload that was too short; empty as a rule
 */
public record DecodedTile(ByteBuffer pixels, SplitWords split, List<String> warnings) {
    DecodedTile(ByteBuffer pixels, List<String> warnings) {
        this(pixels, null, warnings);
    }

    DecodedTile(SplitWords split, List<String> warnings) {
        this(null, split, warnings);
    }

    /** Whether the rows that are wanted have gone to {@link Delivery#sink}, so that there is nothing here. */
    public boolean isDelivered() {
        return pixels == null && split == null;
    }

    @Override
    public ByteBuffer pixels() {
        return split == null ? pixels : split.pixels();
    }
}
