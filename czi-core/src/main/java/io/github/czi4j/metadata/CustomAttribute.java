package io.github.czi4j.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value of a user or a program: {@code CustomAttributes} and {@code Information/CustomAttributes/KeyValue} (sheet
 * §5.5).
 *
 * @param key path of the element's names with slashes; where an element has an attribute {@code Name}, that
 * @param type as it is written, for instance {@code String}, {@code Double}
 * @param value never empty
 */
public record CustomAttribute(String key, Optional<String> type, String value) {
    static List<CustomAttribute> all(XmlElement metadata) {
        List<CustomAttribute> found = new ArrayList<>();
        addAll(metadata.at("Information/CustomAttributes/KeyValue"), "", found);
        addAll(metadata.at("CustomAttributes"), "", found);
        return List.copyOf(found);
    }

    private static void addAll(XmlElement parent, String prefix, List<CustomAttribute> found) {
        for (XmlElement child : parent.children()) {
            String key = prefix + child.attribute("Name").orElse(child.name());
            if (!child.text().isEmpty()) {
                found.add(new CustomAttribute(key, child.attribute("Type"), child.text()));
            }
            addAll(child, key + "/", found);
        }
    }
}
