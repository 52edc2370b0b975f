package io.github.czi4j.metadata;

import io.github.czi4j.metadata.DocumentMetadata.ChannelMetadata;
import io.github.czi4j.metadata.DocumentMetadata.ObjectiveMetadata;
import io.github.czi4j.metadata.DocumentMetadata.SceneMetadata;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One pass through the document's XML. Elements are told by their path below {@code /ImageDocument/Metadata}; the
 * hundreds of kilobytes of hardware settings go by unread.
 */
final class MetadataParser {
    private static final int MAX_DEPTH = 256;
    private static final int MAX_TEXT = 4096;
    private static final String ROOT = "/ImageDocument/Metadata/";
    private static final String IMAGE = ROOT + "Information/Image/";
    private static final String CHANNEL = IMAGE + "Dimensions/Channels/Channel";
    private static final String SCENE = IMAGE + "Dimensions/S/Scenes/Scene";
    private static final String OBJECTIVE = ROOT + "Information/Instrument/Objectives/Objective";
    private static final String DISTANCE = ROOT + "Scaling/Items/Distance";
    private static final double MICROMETRES = 1e6;

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, String> distances = new HashMap<>();
    private final List<ChannelMetadata> channels = new ArrayList<>();
    private final List<SceneMetadata> scenes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private ObjectiveMetadata objective;

    /** Attributes and child texts of the channel, scene, objective or distance that is being read. */
    private final Map<String, String> item = new HashMap<>();

    private String itemPath;

    DocumentMetadata parse(String xml) {
        if (!xml.isBlank()) {
            try {
                read(sanitise(xml));
            } catch (XMLStreamException | RuntimeException e) {
                // The JDK's parser is known to throw more than it declares on damaged input.
                problems.add("the metadata XML is damaged: " + firstLine(e));
            }
        }
        return new DocumentMetadata(
                pixelSize("X"),
                pixelSize("Y"),
                pixelSize("Z"),
                List.copyOf(channels),
                List.copyOf(scenes),
                Optional.ofNullable(objective),
                text(IMAGE + "AcquisitionDateAndTime"),
                software(),
                text(ROOT + "Information/Document/Title").or(() -> text(ROOT + "Information/Document/Name")),
                text(IMAGE + "ComponentBitCount").flatMap(MetadataParser::positiveInt),
                List.copyOf(problems));
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static String sanitise(String xml) {
        StringBuilder clean = null;
        for (int i = 0; i < xml.length(); i++) {
            char c = xml.charAt(i);
            boolean isValid = c >= 0x20 && c < 0xFFFE || c == '\t' || c == '\n' || c == '\r';
            if (!isValid) {
                clean = clean == null ? new StringBuilder(xml) : clean;
                clean.setCharAt(i, ' ');
            }
        }
        return clean == null ? xml : clean.toString();
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entities are not read");
        });
        return factory;
    }

    private void read(String xml) throws XMLStreamException {
        XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(xml));
        StringBuilder path = new StringBuilder();
        StringBuilder text = new StringBuilder();
        int depth = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > MAX_DEPTH) {
                        throw new XMLStreamException("elements are nested deeper than " + MAX_DEPTH);
                    }
                    path.append('/').append(reader.getLocalName());
                    text.setLength(0);
                    begin(path.toString(), reader);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (text.length() < MAX_TEXT) {
                        text.append(reader.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    end(path.toString(), text.toString().strip());
                    text.setLength(0);
                    path.setLength(path.lastIndexOf("/"));
                    depth--;
                }
                default -> {
                    // Comments and processing instructions say nothing.
                }
            }
        }
    }

    private static boolean isItem(String path) {
        return path.equals(CHANNEL) || path.equals(SCENE) || path.equals(OBJECTIVE) || path.equals(DISTANCE);
    }

    private void begin(String path, XMLStreamReader reader) {
        if (isItem(path)) {
            itemPath = path;
            item.clear();
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                item.put("@" + reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
        }
    }

    private void end(String path, String text) {
        if (path.equals(itemPath)) {
            finishItem();
            itemPath = null;
        } else if (itemPath != null && path.startsWith(itemPath)) {
            item.putIfAbsent(path.substring(itemPath.length() + 1), text);
        } else if (!text.isEmpty() && path.startsWith(ROOT + "Information/") && !path.contains("/Dimensions/")) {
            texts.putIfAbsent(path, text);
        }
    }

    private void finishItem() {
        switch (itemPath) {
            case DISTANCE -> {
                String id = item.getOrDefault("@Id", "").toUpperCase(Locale.ROOT);
                distances.putIfAbsent(id, item.getOrDefault("Value", ""));
            }
            case SCENE -> integer(item.get("@Index")).ifPresent(i -> scenes.add(new SceneMetadata(i, value("@Name"))));
            case OBJECTIVE -> {
                if (objective == null) {
                    objective = new ObjectiveMetadata(
                            value("@Name").or(() -> value("Manufacturer/Model")),
                            number("NominalMagnification"),
                            number("LensNA"),
                            value("Immersion"));
                }
            }
            default ->
                channels.add(new ChannelMetadata(
                        value("@Id"),
                        value("@Name"),
                        value("Fluor"),
                        value("Color"),
                        number("ExcitationWavelength"),
                        number("EmissionWavelength")));
        }
    }

    private Optional<String> value(String key) {
        return Optional.ofNullable(item.get(key)).filter(text -> !text.isBlank());
    }

    private OptionalDouble number(String key) {
        return positiveNumber(item.get(key));
    }

    private Optional<String> text(String path) {
        return Optional.ofNullable(texts.get(path));
    }

    private Optional<String> software() {
        Optional<String> version = text(ROOT + "Information/Application/Version");
        return text(ROOT + "Information/Application/Name")
                .map(name -> version.map(v -> name + " " + v).orElse(name));
    }

    /** Always metres in the file, whatever the unit that is shown (sheet §5.3). */
    private OptionalDouble pixelSize(String axis) {
        OptionalDouble metres = positiveNumber(distances.get(axis));
        return metres.isPresent() ? OptionalDouble.of(metres.getAsDouble() * MICROMETRES) : metres;
    }

    private static OptionalDouble positiveNumber(String text) {
        if (text == null) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(text.strip());
            return value > 0 && value < Double.POSITIVE_INFINITY ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static Optional<Integer> integer(String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Integer.valueOf(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> positiveInt(String text) {
        return integer(text).filter(value -> value > 0);
    }
}
