package io.github.czi4j.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * How the channels of a document are shown together (sheet §5.4 and §7.7). Immutable.
 *
 * @param channels by C index, ascending: the order in which they are added up; the one channel of a file without C is 0
 */
public record DisplaySettings(SortedMap<Integer, ChannelDisplay> channels) {
    /**
     * Copies the map.
     */
    public DisplaySettings {
        channels = Collections.unmodifiableSortedMap(new TreeMap<>(channels));
    }

    /**
     * How one channel is shown.
     *
     * @param index its C index
     * @return the settings, {@link ChannelDisplay#PLAIN} for a channel that is not there
     */
    public ChannelDisplay channel(int index) {
        return channels.getOrDefault(index, ChannelDisplay.PLAIN);
    }

    /**
     * Changes one channel, or adds it.
     *
     * @param index its C index
     * @param display how it is shown
     * @return changed settings
     */
    public DisplaySettings with(int index, ChannelDisplay display) {
        SortedMap<Integer, ChannelDisplay> changed = new TreeMap<>(channels);
        changed.put(index, display);
        return new DisplaySettings(changed);
    }

    /**
     * Selects some channels, and no others.
     *
     * @param indices C indices
     * @return changed settings
     * @throws IllegalArgumentException if there is no such channel
     */
    public DisplaySettings only(int... indices) {
        DisplaySettings result = each(display -> display.selected(false));
        for (int index : indices) {
            if (!channels.containsKey(index)) {
                throw new IllegalArgumentException(
                        "there is no channel " + index + "; the channels are " + channels.keySet());
            }
            result = result.with(index, channels.get(index).selected(true));
        }
        return result;
    }

    /**
     * Changes all channels alike.
     *
     * @param change for instance {@code ChannelDisplay::automatic}
     * @return changed settings
     */
    public DisplaySettings each(UnaryOperator<ChannelDisplay> change) {
        SortedMap<Integer, ChannelDisplay> changed = new TreeMap<>(channels);
        changed.replaceAll((index, display) -> change.apply(display));
        return new DisplaySettings(changed);
    }
}
