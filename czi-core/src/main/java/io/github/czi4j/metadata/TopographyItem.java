package io.github.czi4j.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A surface: which channels are its texture and which its height,
 * {@code Appliances/Appliance[@Id="Topography:…"]} (sheet §5.5).
 *
 * @param textures channels with pictures of the surface
 * @param heightMaps channels with heights
 * @param oddities what else is in it, in words; empty if it is as the format asks for
 */
public record TopographyItem(List<Channel> textures, List<Channel> heightMaps, List<String> oddities) {
    private static final String TEXTURES = "Textures";
    private static final String HEIGHT_MAPS = "HeightMaps";

    /**
     * A channel that a surface names.
     *
     * @param index the C index, {@code StartC}; empty if none is given
     */
    public record Channel(OptionalInt index) {}

    static List<TopographyItem> all(XmlElement metadata) {
        List<TopographyItem> items = new ArrayList<>();
        for (XmlElement appliance : metadata.all("Appliances/Appliance")) {
            if (appliance.attribute("Id").orElse("").startsWith("Topography")) {
                addItems(appliance, items);
            }
        }
        return List.copyOf(items);
    }

    private static void addItems(XmlElement parent, List<TopographyItem> items) {
        boolean isItem = parent.children().stream()
                .anyMatch(child -> child.name().equals(TEXTURES) || child.name().equals(HEIGHT_MAPS));
        if (isItem) {
            items.add(of(parent));
        } else {
            parent.children().forEach(child -> addItems(child, items));
        }
    }

    private static TopographyItem of(XmlElement item) {
        List<String> oddities = new ArrayList<>();
        for (XmlElement child : item.children()) {
            if (!child.name().equals(TEXTURES) && !child.name().equals(HEIGHT_MAPS)) {
                oddities.add("an element " + child.name());
            }
        }
        return new TopographyItem(channels(item, TEXTURES, oddities), channels(item, HEIGHT_MAPS, oddities), oddities);
    }

    private static List<Channel> channels(XmlElement item, String list, List<String> oddities) {
        List<Channel> channels = new ArrayList<>();
        for (XmlElement entry : item.at(list).children()) {
            OptionalInt index = XmlElement.integer(entry.attribute("StartC").or(() -> entry.text("StartC")));
            if (index.isEmpty()) {
                oddities.add("an entry of " + list + " without StartC");
            }
            entry.attributes().keySet().stream()
                    .filter(name -> name.startsWith("Start") && !name.equals("StartC")
                            || name.startsWith("Size") && !name.equals("SizeC"))
                    .forEach(name -> oddities.add("an entry of " + list + " with " + name));
            channels.add(new Channel(index));
        }
        return List.copyOf(channels);
    }
}
