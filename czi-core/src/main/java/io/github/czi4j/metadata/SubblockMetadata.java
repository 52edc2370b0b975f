package io.github.czi4j.metadata;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a subblock's own XML says: where and when its tile was taken (sheet §3.3). Whatever may be missing is optional.
 * Immutable.
 *
 * @param tags all texts below {@code Tags} by their name, those of nested elements by names with slashes between them, as
 *     stored and in the order of the document; of equal names the first
 * @param validBits significant bits of a sample, for instance 14; above 0
 * @param attachmentFormat {@code CHUNKCONTAINER} where the subblock's attachment is a list of chunks, for instance a mask;
 *     some writers say so though there is no attachment
 * @param problems what is wrong with the XML; empty as a rule
 */
public record SubblockMetadata(
        Map<String, String> tags, OptionalInt validBits, Optional<String> attachmentFormat, List<String> problems) {
    /** What a subblock without XML says. */
    public static final SubblockMetadata NONE =
            new SubblockMetadata(Map.of(), OptionalInt.empty(), Optional.empty(), List.of());

    /** More tags than any writer has; the rest is left out, with a problem. */
    private static final int MAX_TAGS = 10_000;

    /**
     * Copies the collections.
     */
    public SubblockMetadata {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        problems = List.copyOf(problems);
    }

    /**
     * Reads a subblock's XML. Closed to external entities; never fails.
     *
     * @param xml in UTF-8, with root element {@code METADATA}; may be empty, damaged, or end with zeros
     * @return what could be understood
     */
    public static SubblockMetadata parse(byte[] xml) {
        if (xml.length == 0) {
            return NONE;
        }
        Collector collector = new Collector();
        return collector.result(XmlWalk.walk(xml, collector));
    }

    /**
     * When the tile was taken.
     *
     * @return empty if it is not said, or not as ISO 8601; without a zone UTC is meant
     */
    public Optional<Instant> acquisitionTime() {
        return Optional.ofNullable(tags.get("AcquisitionTime")).flatMap(Times::parse);
    }

    /**
     * Where the centre of the camera's frame was on the stage. May be there without the other coordinate.
     *
     * @return µm
     */
    public OptionalDouble stageXMicrometres() {
        return number("StageXPosition");
    }

    /**
     * Where the centre of the camera's frame was on the stage. May be there without the other coordinate.
     *
     * @return µm
     */
    public OptionalDouble stageYMicrometres() {
        return number("StageYPosition");
    }

    /**
     * Where the focus was.
     *
     * @return µm
     */
    public OptionalDouble focusMicrometres() {
        return number("FocusPosition");
    }

    /**
     * How far the centre of the tile is from that of the camera's frame: to be added to the stage position.
     *
     * @return µm
     */
    public OptionalDouble roiCentreOffsetXMicrometres() {
        return number("RoiCenterOffsetX");
    }

    /**
     * How far the centre of the tile is from that of the camera's frame: to be added to the stage position.
     *
     * @return µm
     */
    public OptionalDouble roiCentreOffsetYMicrometres() {
        return number("RoiCenterOffsetY");
    }

    /**
     * A tag as a number, for instance {@code ExposureTime}, whose unit the format does not state.
     *
     * @param tag its name
     * @return empty if there is none, or it is not a finite number; always with a decimal point, a plus before it is
     *     allowed
     */
    public OptionalDouble number(String tag) {
        return XmlElement.number(Optional.ofNullable(tags.get(tag)));
    }

    private static final class Collector implements XmlWalk.Handler {
        private final Map<String, String> tags = new LinkedHashMap<>();
        private final Deque<String> paths = new ArrayDeque<>();
        private OptionalInt validBits = OptionalInt.empty();
        private Optional<String> format = Optional.empty();
        private boolean isFull;

        @Override
        public boolean start(String name, Map<String, String> attributes) {
            String path = paths.isEmpty() ? name : paths.getFirst() + "/" + name;
            boolean isWanted = switch (paths.size()) {
                case 0 -> path.equals("METADATA");
                case 1 -> name.equals("Tags") || name.equals("DataSchema") || name.equals("AttachmentSchema");
                default -> true;
            };
            if (isWanted) {
                paths.push(path);
            }
            return isWanted;
        }

        @Override
        public void end(String name, String text) {
            String path = paths.pop();
            if (text.isEmpty()) {
                return;
            }
            if (path.startsWith("METADATA/Tags/")) {
                isFull |= tags.size() == MAX_TAGS;
                if (!isFull) {
                    tags.putIfAbsent(path.substring("METADATA/Tags/".length()), text);
                }
            } else if (path.equals("METADATA/DataSchema/ValidBitsPerPixel") && validBits.isEmpty()) {
                OptionalInt bits = XmlElement.integer(Optional.of(text));
                validBits = bits.orElse(0) > 0 ? bits : validBits;
            } else if (path.equals("METADATA/AttachmentSchema/DataFormat") && format.isEmpty()) {
                format = Optional.of(text);
            }
        }

        SubblockMetadata result(List<String> problems) {
            List<String> all = new ArrayList<>(problems);
            if (isFull) {
                all.add("a subblock's metadata has more than " + MAX_TAGS + " tags; the rest is left out");
            }
            return new SubblockMetadata(tags, validBits, format, all);
        }
    }
}
