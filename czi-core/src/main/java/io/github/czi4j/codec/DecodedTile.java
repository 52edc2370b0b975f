package io.github.czi4j.codec;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A decoded bitmap.
 *
 * @param pixels rows from top to bottom without padding, little-endian, from index 0 to the format's size; may be the
 *     payload itself, or memory of the {@link Scratch} that is overwritten by the next tile; null if split
 * @param split the samples of the bitmap in two halves; null as a rule
 * @param warnings what was mended on the way, for instance a payload that was too short; empty as a rule
 */
public record DecodedTile(ByteBuffer pixels, SplitSamples split, List<String> warnings) {

    DecodedTile(ByteBuffer pixels, List<String> warnings) {
        this(pixels, null, warnings);
    }
}
