package io.github.czi4j.metadata;

import io.github.czi4j.model.IndexRange;
import io.github.czi4j.model.PixelShift;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The shifts of channels that the experiment of a document prescribes: {@code PixelShiftX} and {@code PixelShiftY} of
 * each {@code Track/Channels/Channel} with {@code IsActivated="true"}, at whatever depth the loops of the experiment put
 * it; channels that only focus are left out. They are told apart by name, since their ids are not those of the document's
 * channels.
 */
public final class PixelShifts {
    /** More channels than any experiment has. */
    private static final int MAX_CHANNELS = 10_000;

    private final List<Entry> entries;

    /** A channel of the experiment. */
    private record Entry(Optional<String> name, PixelShift shift) {}

    private PixelShifts(List<Entry> entries) {
        this.entries = entries;
    }

    /**
     * Reads the document's XML in one pass. Closed to external entities.
     *
     * @param xml in UTF-8; read to the end, not closed
     * @return what could be understood
     * @throws IOException if the stream fails, not because of what it says
     */
    public static PixelShifts read(InputStream xml) throws IOException {
        Collector collector = new Collector();
        XmlWalk.walk(xml, collector);
        return new PixelShifts(collector.entries);
    }

    /**
     * The shifts of a file's channels: of each that of the experiment's channel with the same name, else, where there are
     * as many as the file has, of that with the same place in the list.
     *
     * @param range the C indices of the file
     * @param document describes the channels
     * @return by C index; channels that are not shifted are not in it
     */
    public SortedMap<Integer, PixelShift> of(IndexRange range, DocumentMetadata document) {
        Map<String, PixelShift> byName = new HashMap<>();
        entries.forEach(entry -> entry.name.ifPresent(name -> byName.putIfAbsent(name, entry.shift)));
        SortedMap<Integer, PixelShift> result = new TreeMap<>();
        for (int place = 0; place < entries.size() && entries.size() == range.size(); place++) {
            result.put(range.min() + place, entries.get(place).shift);
        }
        document.channels(range)
                .forEach((index, channel) ->
                        channel.name().map(byName::get).ifPresent(shift -> result.put(index, shift)));
        result.values().removeIf(PixelShift.NONE::equals);
        return result;
    }

    private static final class Collector implements XmlWalk.Handler {
        private final List<Entry> entries = new ArrayList<>();
        private final Deque<String> names = new ArrayDeque<>();
        /** How deep the channel lies that is being read; 0 outside. */
        private int channelDepth;

        private boolean isActivated;
        private Optional<String> name = Optional.empty();
        private double x;
        private double y;
        private boolean isShifted;

        @Override
        public boolean start(String element, Map<String, String> attributes) {
            boolean isWanted = switch (names.size()) {
                case 0 -> element.equals("ImageDocument");
                case 1 -> element.equals("Metadata");
                case 2 -> element.equals("Experiment");
                default -> channelDepth > 0 ? isShift(element) : !element.equals("FocusSetup");
            };
            if (!isWanted) {
                return false;
            }
            if (channelDepth == 0 && element.equals("Channel") && isInTrack()) {
                channelDepth = names.size();
                isActivated = Boolean.parseBoolean(attributes.get("IsActivated"));
                name = Optional.ofNullable(attributes.get("Name"));
                x = 0;
                y = 0;
                isShifted = false;
            }
            names.push(element);
            return true;
        }

        private static boolean isShift(String element) {
            return element.equals("PixelShiftX") || element.equals("PixelShiftY");
        }

        private boolean isInTrack() {
            String[] open = names.toArray(new String[0]);
            return open.length > 3 && open[0].equals("Channels") && open[1].equals("Track");
        }

        @Override
        public void end(String element, String text) {
            names.pop();
            if (channelDepth > 0 && isShift(element)) {
                OptionalDouble value = XmlElement.number(Optional.of(text));
                isShifted |= value.isPresent();
                if (element.endsWith("X")) {
                    x = value.orElse(0);
                } else {
                    y = value.orElse(0);
                }
            } else if (channelDepth > 0 && names.size() == channelDepth) {
                channelDepth = 0;
                add();
            }
        }

        private void add() {
            if (isActivated && isShifted && entries.size() < MAX_CHANNELS) {
                try {
                    entries.add(new Entry(name, new PixelShift(x, y)));
                } catch (IllegalArgumentException e) {
                    // Not a shift that anybody can mean.
                    entries.add(new Entry(name, PixelShift.NONE));
                }
            }
        }
    }
}
