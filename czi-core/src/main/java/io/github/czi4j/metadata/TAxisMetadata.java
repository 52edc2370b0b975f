package io.github.czi4j.metadata;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The time points, {@code Information/Image/Dimensions/T} (sheet §5.2): an interval, a list, or an attachment.
 *
 * @param storedStart {@code StartTime} as it is written
 * @param start the same as a point of time; without a zone it is taken for UTC. Empty if it is none, or the year 1 that
 *     stands for nothing
 * @param startSeconds of the first time point, where they follow at equal distances
 * @param incrementSeconds from time point to time point, where they follow at equal distances
 * @param offsetsSeconds of each time point since the start, where they are listed, else empty. Not to be changed
 * @param attachmentName of the attachment that has the list, as a rule {@code TimeStamps}
 */
public record TAxisMetadata(
        Optional<String> storedStart,
        Optional<Instant> start,
        OptionalDouble startSeconds,
        OptionalDouble incrementSeconds,
        double[] offsetsSeconds,
        Optional<String> attachmentName) {
    static TAxisMetadata of(XmlElement t) {
        Optional<String> start = t.text("StartTime");
        return new TAxisMetadata(
                start,
                start.flatMap(Times::parse),
                t.number("Positions/Interval/Start"),
                t.number("Positions/Interval/Increment"),
                t.numbers("Positions/List/Offsets"),
                t.text("Positions/BinaryList/AttachmentName"));
    }
}
