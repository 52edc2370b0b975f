package io.github.czi4j.metadata;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The carrier that the specimens are on, as the experiment was set up:
 * {@code Experiment/ExperimentBlocks/AcquisitionBlock/SubDimensionSetups/RegionsSetup/SampleHolder/Template}.
 *
 * @param name for instance {@code Multichamber 96}
 * @param category for instance {@code Multichamber}
 * @param rows of containers
 * @param columns of containers
 */
public record Plate(Optional<String> name, Optional<String> category, OptionalInt rows, OptionalInt columns) {
    static Optional<Plate> of(XmlElement template) {
        if (template == XmlElement.NONE) {
            return Optional.empty();
        }
        return Optional.of(new Plate(
                template.attribute("Name"),
                template.text("Category"),
                template.positiveInteger("ShapeRows"),
                template.positiveInteger("ShapeColumns")));
    }
}
