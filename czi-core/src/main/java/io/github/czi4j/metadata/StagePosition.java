package io.github.czi4j.metadata;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A position of the stage.
 *
 * @param xMicrometres along x
 * @param yMicrometres along y
 * @param zMicrometres of the focus, if it is given
 */
public record StagePosition(double xMicrometres, double yMicrometres, OptionalDouble zMicrometres) {
    /** The text of an element, {@code x,y}. */
    static Optional<StagePosition> ofPair(XmlElement element, String path) {
        return element.pair(path).map(xy -> new StagePosition(xy[0], xy[1], OptionalDouble.empty()));
    }

    /** The attributes {@code X}, {@code Y} and {@code Z} of an element. */
    static Optional<StagePosition> ofAttributes(XmlElement element) {
        OptionalDouble x = XmlElement.number(element.attribute("X"));
        OptionalDouble y = XmlElement.number(element.attribute("Y"));
        if (x.isEmpty() || y.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new StagePosition(x.getAsDouble(), y.getAsDouble(), XmlElement.number(element.attribute("Z"))));
    }
}
