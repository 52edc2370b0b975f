package io.github.czi4j.ome;

import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes elements and attributes, indented. What is empty is left out, and so is every number that the schema would
 * refuse: its floats are singles. Characters that XML forbids become blanks.
 */
final class OmeWriter {
    static final String NAMESPACE = "http://www.openmicroscopy.org/Schemas/OME/2016-06";

    /** Characters of an attribute; longer ones are cut, since they may be repeated for each image. */
    static final int MAX_ATTRIBUTE = 1000;

    private static final String OTHER = "Other";

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;
    private final Deque<Boolean> hasChildren = new ArrayDeque<>();

    /** The element that was begun last, with its attributes; null once it is written. */
    private String pending;

    private final Map<String, String> attributes = new LinkedHashMap<>();

    OmeWriter() {
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
        } catch (XMLStreamException e) {
            throw inMemory(e);
        }
    }

    /** Strings do not fail. */
    private static IllegalStateException inMemory(XMLStreamException e) {
        return new IllegalStateException(e);
    }

    OmeWriter start(String name) {
        open(false);
        pending = name;
        return this;
    }

    /** Writes the element that has been begun, now that it is known whether anything is in it. */
    private void open(boolean isEmpty) {
        if (pending == null) {
            return;
        }
        try {
            boolean isRoot = hasChildren.isEmpty();
            if (!isRoot) {
                hasChildren.pop();
                hasChildren.push(true);
            }
            indent();
            if (isRoot) {
                xml.setDefaultNamespace(NAMESPACE);
            }
            if (isEmpty) {
                xml.writeEmptyElement(NAMESPACE, pending);
            } else {
                xml.writeStartElement(NAMESPACE, pending);
                hasChildren.push(false);
            }
            if (isRoot) {
                xml.writeDefaultNamespace(NAMESPACE);
            }
            for (Map.Entry<String, String> attribute : attributes.entrySet()) {
                xml.writeAttribute(attribute.getKey(), attribute.getValue());
            }
            attributes.clear();
            pending = null;
        } catch (XMLStreamException e) {
            throw inMemory(e);
        }
    }

    private void indent() throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(hasChildren.size()));
    }

    OmeWriter end() {
        if (pending != null) {
            open(true);
            return this;
        }
        try {
            if (hasChildren.pop()) {
                indent();
            }
            xml.writeEndElement();
            return this;
        } catch (XMLStreamException e) {
            throw inMemory(e);
        }
    }

    /** An element with nothing but text. */
    OmeWriter element(String name, Optional<String> value) {
        return value.isEmpty() ? this : start(name).characters(value.get()).end();
    }

    OmeWriter characters(String value) {
        open(false);
        try {
            xml.writeCharacters(clean(value));
            return this;
        } catch (XMLStreamException e) {
            throw inMemory(e);
        }
    }

    OmeWriter attribute(String name, String value) {
        attributes.put(name, clean(cut(value, MAX_ATTRIBUTE)));
        return this;
    }

    OmeWriter attribute(String name, long value) {
        return attribute(name, Long.toString(value));
    }

    OmeWriter attribute(String name, Optional<String> value) {
        return value.isEmpty() ? this : attribute(name, value.get());
    }

    OmeWriter attribute(String name, OptionalInt value) {
        return value.isEmpty() ? this : attribute(name, value.getAsInt());
    }

    /** A number that is finite as a single. */
    OmeWriter number(String name, OptionalDouble value) {
        return value.isPresent() && Float.isFinite((float) value.getAsDouble())
                ? attribute(name, Double.toString(value.getAsDouble()))
                : this;
    }

    /** A number that is above 0 and finite as a single. */
    OmeWriter positive(String name, OptionalDouble value) {
        return value.isPresent() && (float) value.getAsDouble() > 0 ? number(name, value) : this;
    }

    /** The same, followed by its unit. */
    OmeWriter positive(String name, OptionalDouble value, String unit) {
        return value.isPresent() && (float) value.getAsDouble() > 0 && Float.isFinite((float) value.getAsDouble())
                ? positive(name, value).attribute(name + "Unit", unit)
                : this;
    }

    /** A fraction from 0 to 1. */
    OmeWriter fraction(String name, OptionalDouble value) {
        return value.isPresent() && value.getAsDouble() >= 0 && value.getAsDouble() <= 1 ? number(name, value) : this;
    }

    /** A value of a list that ends with {@code Other}; case does not matter. */
    OmeWriter choice(String name, Optional<String> value, Set<String> choices) {
        return value.isEmpty() ? this : attribute(name, chosen(value.get(), choices));
    }

    private static String chosen(String value, Set<String> choices) {
        String wanted = value.toLowerCase(Locale.ROOT);
        return choices.stream()
                .filter(choice -> choice.toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst()
                .orElse(OTHER);
    }

    /** The document; nothing may be written after it. */
    String finish() {
        try {
            xml.writeEndDocument();
            xml.close();
            return text + "\n";
        } catch (XMLStreamException e) {
            throw inMemory(e);
        }
    }

    static String cut(String value, int length) {
        return value.length() <= length ? value : value.substring(0, length);
    }

    private static String clean(String value) {
        StringBuilder clean = new StringBuilder(value.length());
        value.codePoints()
                .map(c -> c == '\t' || c == '\n' || c >= 0x20 && c < 0xD800 || c >= 0xE000 && c < 0xFFFE || c > 0xFFFF
                        ? c
                        : ' ')
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
