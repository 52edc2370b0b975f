package io.github.czi4j.metadata;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Positions of the focal planes, {@code Information/Image/Dimensions/Z} (sheet §5.2): an interval, a list, or an
 * attachment.
 *
 * @param referenceMicrometres {@code StartPosition} of the focus, which the other positions are relative to
 * @param startMicrometres of the first plane, where they lie at equal distances
 * @param incrementMicrometres from plane to plane, where they lie at equal distances
 * @param offsetsMicrometres of each plane, where they are listed, else empty. Not to be changed
 * @param attachmentName of the attachment that has the list
 * @param direction of growing z, for instance {@code FromObjectiveToSpecimen}
 * @param handedness of x, y, z, for instance {@code RightHanded}
 */
public record ZAxisMetadata(
        OptionalDouble referenceMicrometres,
        OptionalDouble startMicrometres,
        OptionalDouble incrementMicrometres,
        double[] offsetsMicrometres,
        Optional<String> attachmentName,
        Optional<String> direction,
        Optional<String> handedness) {
    static ZAxisMetadata of(XmlElement z) {
        return new ZAxisMetadata(
                z.number("StartPosition"),
                z.number("Positions/Interval/Start"),
                z.number("Positions/Interval/Increment"),
                z.numbers("Positions/List/Offsets"),
                z.text("Positions/BinaryList/AttachmentName"),
                z.text("ZAxisDirection"),
                z.text("XYZHandedness"));
    }
}
