package io.github.czi4j.metadata;

import io.github.czi4j.model.ChannelDisplay;
import io.github.czi4j.model.ChannelDisplay.ColourMode;
import io.github.czi4j.model.DisplaySettings;
import io.github.czi4j.model.IndexRange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * What the document says of how its channels are shown, {@code DisplaySetting/Channels/Channel} (sheet §5.4).
 *
 * @param channels in the order of the document
 * @param problems why some of it could not be understood; empty as a rule
 */
public record DisplayMetadata(List<ChannelDisplay> channels, List<String> problems) {
    private static final String ROOT = "ImageDocument/Metadata";
    private static final XmlSelection.Part PART = new XmlSelection.Part("DisplaySetting", 100_000, 4 << 20);

    /** Colours of channels of which nothing is known, as long as they last. */
    private static final int[] COLOURS = {0xFF0000, 0x00FF00, 0x0000FF, 0x00FFFF, 0xFF00FF, 0xFFFF00};

    /**
     * Copies the lists.
     */
    public DisplayMetadata {
        channels = List.copyOf(channels);
        problems = List.copyOf(problems);
    }

    /**
     * Reads the document's XML. Closed to external entities; never fails.
     *
     * @param xml may be empty or damaged
     * @return what could be understood
     */
    public static DisplayMetadata parse(String xml) {
        try {
            return read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
    }

    /**
     * Reads the document's XML in one pass. Closed to external entities.
     *
     * @param xml in UTF-8; read to the end, not closed
     * @return what could be understood
     * @throws IOException if the stream fails, not because of what it says
     */
    public static DisplayMetadata read(InputStream xml) throws IOException {
        XmlSelection selection = XmlSelection.read(xml, ROOT, List.of(PART));
        List<String> problems = new ArrayList<>(selection.problems());
        List<ChannelDisplay> channels = new ArrayList<>();
        for (XmlElement channel : selection.root().all("DisplaySetting/Channels/Channel")) {
            channels.add(channel(channel, problems));
        }
        return new DisplayMetadata(channels, problems);
    }

    private static ChannelDisplay channel(XmlElement channel, List<String> problems) {
        List<ChannelDisplay.Point> points = List.of();
        if (channel.text("Mode").orElse("").equalsIgnoreCase("Spline")) {
            String text = channel.text("Points").orElse("");
            points = points(text);
            if (points.isEmpty() && !text.isEmpty()) {
                problems.add("the spline of a channel's display is not used: its points are '" + text + "'");
            }
        }
        return new ChannelDisplay(
                channel.attribute("Id"),
                channel.attribute("Name"),
                channel.flag("IsSelected").orElse(true),
                colourMode(channel.text("ColorMode").orElse("")),
                channel.text("Color").flatMap(DisplayMetadata::colour).orElse(ChannelDisplay.WHITE),
                channel.text("PaletteName"),
                channel.number("Low").orElse(0),
                channel.number("High").orElse(1),
                false,
                points.isEmpty() ? channel.positive("Gamma") : OptionalDouble.empty(),
                points,
                channel.number("Weight").orElse(1));
    }

    private static ColourMode colourMode(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "none" -> ColourMode.NONE;
            case "palette" -> ColourMode.PALETTE;
            default -> ColourMode.COLOUR;
        };
    }

    /** {@code #AARRGGBB} or {@code #RRGGBB}. */
    private static Optional<Integer> colour(String text) {
        try {
            boolean isColour = text.startsWith("#") && (text.length() == 7 || text.length() == 9);
            return isColour
                    ? Optional.of((int) Long.parseLong(text, 1, text.length(), 16) & ChannelDisplay.WHITE)
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Points {@code x,y} with blanks between them; without those at the ends, which are always there. */
    private static List<ChannelDisplay.Point> points(String text) {
        List<ChannelDisplay.Point> points = new ArrayList<>();
        double last = 0;
        for (String part : text.split("\\s+")) {
            String[] xy = part.split(",");
            OptionalDouble x = xy.length == 2 ? XmlElement.number(Optional.of(xy[0])) : OptionalDouble.empty();
            OptionalDouble y = xy.length == 2 ? XmlElement.number(Optional.of(xy[1])) : OptionalDouble.empty();
            if (x.isEmpty() || y.isEmpty()) {
                return List.of();
            }
            if (x.getAsDouble() > 0 && x.getAsDouble() < 1) {
                if (x.getAsDouble() <= last) {
                    return List.of();
                }
                last = x.getAsDouble();
                points.add(new ChannelDisplay.Point(last, y.getAsDouble()));
            }
        }
        return points;
    }

    /**
     * Settings for the channels of a file. A channel of the display belongs to the channel of the document with the same
     * id, else to that with the same place in the list. Channels of which the display says nothing get their range from
     * the picture ({@link ChannelDisplay#automatic()}) and the colour of the document's channel, or one of red, green,
     * blue, cyan, magenta and yellow; a channel that is alone, or holds colours, is not tinted.
     *
     * @param document describes the channels
     * @param indices C indices of the file, at least one
     * @param holdsColours tells by its C index whether a channel's pixels are colours
     * @return settings for each index; colours whose tint would be white are not tinted
     */
    public DisplaySettings settings(DocumentMetadata document, SortedSet<Integer> indices, IntPredicate holdsColours) {
        SortedMap<Integer, ChannelDisplay> result = new TreeMap<>();
        IndexRange range = new IndexRange(indices.first(), indices.last());
        Map<Integer, ChannelMetadata> described = document.channels(range);
        int number = 0;
        for (int index : indices) {
            Optional<ChannelMetadata> channel = Optional.ofNullable(described.get(index));
            Optional<ChannelDisplay> found = find(index, range, channel);
            ChannelDisplay display = found.orElse(guess(channel, indices.size() == 1, number++));
            boolean isWhite = found.isEmpty() || display.colour() == ChannelDisplay.WHITE;
            result.put(index, holdsColours.test(index) && isWhite ? display.untinted() : display);
        }
        return new DisplaySettings(result);
    }

    private Optional<ChannelDisplay> find(int index, IndexRange range, Optional<ChannelMetadata> channel) {
        Optional<String> id = channel.flatMap(ChannelMetadata::id);
        Optional<ChannelDisplay> same = channels.stream()
                .filter(display -> id.isPresent() && display.id().equals(id))
                .findFirst();
        if (same.isPresent()) {
            return same;
        }
        int place = channels.size() == range.size() ? index - range.min() : index;
        return place >= 0 && place < channels.size() ? Optional.of(channels.get(place)) : Optional.empty();
    }

    private static ChannelDisplay guess(Optional<ChannelMetadata> channel, boolean isAlone, int number) {
        ChannelDisplay plain = ChannelDisplay.PLAIN.automatic();
        Optional<Integer> colour = channel.flatMap(ChannelMetadata::colour).flatMap(DisplayMetadata::colour);
        if (colour.isPresent()) {
            return plain.tint(colour.get());
        }
        return isAlone ? plain : plain.tint(COLOURS[number % COLOURS.length]);
    }
}
