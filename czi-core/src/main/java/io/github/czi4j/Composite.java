package io.github.czi4j;

import io.github.czi4j.model.ChannelDisplay;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.TileFailure;
import io.github.czi4j.model.TileWarning;
import java.util.List;

/**
 * A picture of several channels as they are displayed, in 8-bit colour. The array belongs to the caller.
 *
 * @param pixels of type Bgr24: blue, green, red, row by row
 * @param region what it shows, in raw coordinates and pixels of layer 0
 * @param channels what was added up, by C index
 * @param notes what is wrong with the file as a whole, see {@link Mosaic#notes()}
 */
public record Composite(Pixels pixels, Rect region, List<Channel> channels, List<String> notes) {
    /**
     * Copies the lists.
     */
    public Composite {
        channels = List.copyOf(channels);
        notes = List.copyOf(notes);
    }

    /**
     * One channel of a picture.
     *
     * @param index its C index, 0 in a file without C
     * @param display how it is shown, with black and white point even where these were chosen from the picture
     * @param failures subblocks that could not be drawn, see {@link Mosaic#failures()}
     * @param warnings what was odd about subblocks that were drawn all the same
     */
    public record Channel(int index, ChannelDisplay display, List<TileFailure> failures, List<TileWarning> warnings) {}

    /**
     * Width of the picture.
     *
     * @return pixels
     */
    public int width() {
        return pixels.width();
    }

    /**
     * Height of the picture.
     *
     * @return pixels
     */
    public int height() {
        return pixels.height();
    }

    /**
     * Blue, green and red of each pixel, row by row.
     *
     * @return the array itself
     */
    public byte[] bytes() {
        return pixels.bytes();
    }

    /**
     * Whether every subblock that belongs into the picture is there.
     *
     * @return true if nothing failed in any channel and the directory is sound
     */
    public boolean isComplete() {
        return notes.isEmpty()
                && channels.stream().allMatch(channel -> channel.failures().isEmpty());
    }
}
