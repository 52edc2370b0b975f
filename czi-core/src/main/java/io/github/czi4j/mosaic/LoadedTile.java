package io.github.czi4j.mosaic;

import io.github.czi4j.codec.TileFormat;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A subblock's bitmap.
 *
 * @param format its size and pixel type
 * @param pixels rows from top to bottom without padding, little-endian, from index 0; valid until the worker's next tile
 * @param end offset in the file behind the payload, for {@code ByteSource.checkStillThere}
 * @param warnings what was odd; empty as a rule
 */
record LoadedTile(TileFormat format, ByteBuffer pixels, long end, List<String> warnings) {}
