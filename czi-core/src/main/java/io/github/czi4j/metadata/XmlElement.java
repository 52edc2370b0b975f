package io.github.czi4j.metadata;

import io.github.czi4j.model.PixelType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.StringTokenizer;

/**
 * An element of the metadata that was kept, with what is in it. Paths are names of elements with slashes between them;
 * of elements with the same name the first is meant. Nothing here fails: what is missing or makes no sense is empty.
 */
final class XmlElement {
    /** An element without anything in it. */
    static final XmlElement NONE = new XmlElement("", Map.of());

    private static final Map<String, PixelType> PIXEL_TYPES = new HashMap<>();

    static {
        for (PixelType type : PixelType.values()) {
            if (type != PixelType.UNKNOWN) {
                PIXEL_TYPES.put(type.label(), type);
            }
        }
        // The names of the file format where they are not those of this project (sheet §2.4).
        PIXEL_TYPES.put("gray64complex", PixelType.GRAY64_COMPLEX_FLOAT);
        PIXEL_TYPES.put("bgr192complex", PixelType.BGR192_COMPLEX_FLOAT);
    }

    private final String name;
    private final Map<String, String> attributes;
    private List<XmlElement> children = List.of();
    private String text = "";

    XmlElement(String name, Map<String, String> attributes) {
        this.name = name;
        this.attributes = Map.copyOf(attributes);
    }

    String name() {
        return name;
    }

    Map<String, String> attributes() {
        return attributes;
    }

    List<XmlElement> children() {
        return children;
    }

    /** Its own text without blanks around it; may be empty. */
    String text() {
        return text;
    }

    void add(XmlElement child) {
        if (children.isEmpty()) {
            children = new ArrayList<>(2);
        }
        children.add(child);
    }

    void setText(String value) {
        text = value;
    }

    /** The first element of a path, {@link #NONE} if there is none. */
    XmlElement at(String path) {
        XmlElement element = this;
        for (String step : path.split("/")) {
            XmlElement parent = element;
            element = NONE;
            for (XmlElement child : parent.children) {
                if (child.name.equals(step)) {
                    element = child;
                    break;
                }
            }
        }
        return element;
    }

    /** All elements of the last name of a path, inside the first ones of the names before. */
    List<XmlElement> all(String path) {
        int slash = path.lastIndexOf('/');
        XmlElement parent = slash < 0 ? this : at(path.substring(0, slash));
        String last = path.substring(slash + 1);
        return parent.children.stream().filter(child -> child.name.equals(last)).toList();
    }

    Optional<String> text(String path) {
        return filled(at(path).text);
    }

    Optional<String> attribute(String attribute) {
        return filled(attributes.get(attribute));
    }

    private static Optional<String> filled(String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** A finite number. */
    OptionalDouble number(String path) {
        return number(text(path));
    }

    /** A finite number above 0. */
    OptionalDouble positive(String path) {
        OptionalDouble value = number(path);
        return value.isPresent() && value.getAsDouble() > 0 ? value : OptionalDouble.empty();
    }

    OptionalInt integer(String path) {
        return integer(text(path));
    }

    OptionalInt positiveInteger(String path) {
        OptionalInt value = integer(path);
        return value.isPresent() && value.getAsInt() > 0 ? value : OptionalInt.empty();
    }

    /** {@code true}, {@code false}, {@code 1} or {@code 0}, in any case. */
    Optional<Boolean> flag(String path) {
        return flag(text(path));
    }

    Optional<PixelType> pixelType(String path) {
        return text(path).map(text -> PIXEL_TYPES.get(text.toLowerCase(Locale.ROOT)));
    }

    /** Two numbers with a comma between them. */
    Optional<double[]> pair(String path) {
        return text(path)
                .map(text -> text.split(","))
                .filter(parts -> parts.length == 2)
                .flatMap(parts -> {
                    OptionalDouble first = number(Optional.of(parts[0]));
                    OptionalDouble second = number(Optional.of(parts[1]));
                    return first.isPresent() && second.isPresent()
                            ? Optional.of(new double[] {first.getAsDouble(), second.getAsDouble()})
                            : Optional.empty();
                });
    }

    /** Numbers with blanks between them; empty if one of them is none. */
    double[] numbers(String path) {
        StringTokenizer parts = new StringTokenizer(text(path).orElse(""));
        double[] values = new double[parts.countTokens()];
        for (int i = 0; i < values.length; i++) {
            OptionalDouble value = number(Optional.of(parts.nextToken()));
            if (value.isEmpty()) {
                return new double[0];
            }
            values[i] = value.getAsDouble();
        }
        return values;
    }

    static OptionalDouble number(Optional<String> text) {
        if (text.isPresent()) {
            try {
                double value = Double.parseDouble(text.get().strip());
                return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
            } catch (NumberFormatException e) {
                return OptionalDouble.empty();
            }
        }
        return OptionalDouble.empty();
    }

    static OptionalInt integer(Optional<String> text) {
        if (text.isPresent()) {
            try {
                return OptionalInt.of(Integer.parseInt(text.get().strip()));
            } catch (NumberFormatException e) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }

    static Optional<Boolean> flag(Optional<String> text) {
        return text.map(value -> value.toLowerCase(Locale.ROOT)).flatMap(value -> switch (value) {
            case "true", "1" -> Optional.of(true);
            case "false", "0" -> Optional.of(false);
            default -> Optional.empty();
        });
    }
}
