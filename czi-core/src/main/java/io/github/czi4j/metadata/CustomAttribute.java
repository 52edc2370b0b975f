package io.github.czi4j.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value of a user or a program: {@code CustomAttributes} and {@code Information/CustomAttributes/KeyValue} (sheet
 * §5.5).
 *
 * @param key path of the element's names with slashes, at most 8 of them and 256 characters, else the element is left
 *     out; where an element has an attribute {@code Name}, that
 * @param type as it is written, for instance {@code String}, {@code Double}
 * @param value never empty
 */
public record CustomAttribute(String key, Optional<String> type, String value) {
    /** Elements inside each other that make a key; names may be long, and inner ones repeat the outer. */
    private static final int MAX_DEPTH = 8;

    private static final int MAX_KEY = 256;

    static List<CustomAttribute> all(XmlElement metadata) {
        List<CustomAttribute> found = new ArrayList<>();
        addAll(metadata.at("Information/CustomAttributes/KeyValue"), "", 1, found);
        addAll(metadata.at("CustomAttributes"), "", 1, found);
        return List.copyOf(found);
    }

    private static void addAll(XmlElement parent, String prefix, int depth, List<CustomAttribute> found) {
        for (XmlElement child : parent.children()) {
            String key = prefix + child.attribute("Name").orElse(child.name());
            if (key.length() > MAX_KEY) {
                continue;
            }
            if (!child.text().isEmpty()) {
                found.add(new CustomAttribute(key, child.attribute("Type"), child.text()));
            }
            if (depth < MAX_DEPTH) {
                addAll(child, key + "/", depth + 1, found);
            }
        }
    }
}
