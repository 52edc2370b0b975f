package io.github.czi4j.cli;

import com.google.gson.stream.JsonWriter;
import io.github.czi4j.Subblock;
import io.github.czi4j.SubblockDetails;
import io.github.czi4j.metadata.SubblockMetadata;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.SubblockInfo;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One subblock as a row of a list.
 *
 * @param info what the directory says
 * @param details what the subblock says; null if nobody asked, or it cannot be read
 * @param problem why it cannot be read, or what is wrong with its XML; empty as a rule
 */
record TileRow(SubblockInfo info, SubblockDetails details, String problem) {
    /** Names of the columns of {@link #values}, as comma-separated values have them. */
    static final List<String> COLUMNS = List.of(
            "index",
            "coordinate",
            "m",
            "x",
            "y",
            "width",
            "height",
            "storedWidth",
            "storedHeight",
            "pixelType",
            "compression",
            "filePosition");

    /** Names of the further columns of a row with details. */
    static final List<String> DETAIL_COLUMNS = List.of(
            "announcedPlanes",
            "payloadBytes",
            "attachmentBytes",
            "mask",
            "metadataBytes",
            "acquisitionTime",
            "stageX",
            "stageY",
            "focus",
            "roiCenterOffsetX",
            "roiCenterOffsetY",
            "exposureTime",
            "validBits",
            "attachmentFormat",
            "problem");

    static TileRow of(SubblockInfo info) {
        return new TileRow(info, null, "");
    }

    /** Reads what the subblock says of itself. A subblock that is damaged has a row too. */
    static TileRow read(Subblock subblock) throws CziException {
        try {
            SubblockDetails details = subblock.details();
            return new TileRow(
                    subblock.info(),
                    details,
                    details.metadata().problems().stream().findFirst().orElse(""));
        } catch (CziException e) {
            if (e.kind() == CziException.Kind.IO) {
                throw e;
            }
            return new TileRow(subblock.info(), null, e.getMessage());
        }
    }

    boolean isUnreadable() {
        return details == null && !problem.isEmpty();
    }

    String m() {
        return text(info.mIndex());
    }

    /** In the order of {@link #COLUMNS}, and of {@link #DETAIL_COLUMNS} if they are wanted. */
    List<String> values(boolean withDetails) {
        List<String> values = new ArrayList<>();
        Rect place = info.logical();
        values.add(String.valueOf(info.index()));
        values.add(info.coordinate().toString());
        values.add(m());
        values.add(String.valueOf(place.x()));
        values.add(String.valueOf(place.y()));
        values.add(String.valueOf(place.width()));
        values.add(String.valueOf(place.height()));
        values.add(String.valueOf(info.storedWidth()));
        values.add(String.valueOf(info.storedHeight()));
        values.add(info.pixelType().label());
        values.add(info.compression().label());
        values.add(String.valueOf(info.filePosition()));
        if (withDetails) {
            addDetails(values);
        }
        return values;
    }

    private void addDetails(List<String> values) {
        SubblockMetadata metadata = details == null ? SubblockMetadata.NONE : details.metadata();
        values.add(String.valueOf(info.announcedPlanes()));
        values.add(details == null ? "" : String.valueOf(details.storedBytes()));
        values.add(details == null ? "" : String.valueOf(details.attachmentBytes()));
        values.add(details == null ? "" : String.valueOf(details.hasMask()));
        values.add(details == null ? "" : String.valueOf(details.metadataBytes()));
        values.add(acquisitionTime(metadata).orElse(""));
        values.add(text(metadata.stageXMicrometres()));
        values.add(text(metadata.stageYMicrometres()));
        values.add(text(metadata.focusMicrometres()));
        values.add(text(metadata.roiCentreOffsetXMicrometres()));
        values.add(text(metadata.roiCentreOffsetYMicrometres()));
        values.add(metadata.tags().getOrDefault("ExposureTime", ""));
        values.add(text(metadata.validBits()));
        values.add(metadata.attachmentFormat().orElse(""));
        values.add(problem);
    }

    /** ISO 8601 in UTC; as stored where it is no such time. */
    private static Optional<String> acquisitionTime(SubblockMetadata metadata) {
        return metadata.acquisitionTime()
                .map(Object::toString)
                .or(() -> Optional.ofNullable(metadata.tags().get("AcquisitionTime")));
    }

    private static String text(OptionalDouble value) {
        return value.isPresent() ? String.valueOf(value.getAsDouble()) : "";
    }

    private static String text(OptionalInt value) {
        return value.isPresent() ? String.valueOf(value.getAsInt()) : "";
    }

    /** One JSON object. */
    String json() throws IOException {
        StringWriter text = new StringWriter();
        JsonWriter json = new JsonWriter(text);
        json.setHtmlSafe(false);
        json.beginObject();
        json.name("index").value(info.index());
        json.name("coordinate").value(info.coordinate().toString());
        if (info.mIndex().isPresent()) {
            json.name("m").value(info.mIndex().getAsInt());
        }
        Rect place = info.logical();
        json.name("logical").beginArray();
        json.value(place.x())
                .value(place.y())
                .value(place.width())
                .value(place.height())
                .endArray();
        json.name("stored").beginArray();
        json.value(info.storedWidth()).value(info.storedHeight()).endArray();
        json.name("layer0").value(info.isLayer0());
        json.name("pixelType").value(info.pixelType().label());
        json.name("compression").value(info.compression().label());
        json.name("filePosition").value(info.filePosition());
        if (info.announcedPlanes() > 1) {
            json.name("announcedPlanes").value(info.announcedPlanes());
        }
        if (details != null) {
            writeDetails(json);
        }
        if (!problem.isEmpty()) {
            json.name("problem").value(problem);
        }
        json.endObject();
        json.flush();
        return text.toString();
    }

    private void writeDetails(JsonWriter json) throws IOException {
        SubblockMetadata metadata = details.metadata();
        json.name("payloadBytes").value(details.storedBytes());
        json.name("attachmentBytes").value(details.attachmentBytes());
        json.name("mask").value(details.hasMask());
        json.name("metadataBytes").value(details.metadataBytes());
        if (acquisitionTime(metadata).isPresent()) {
            json.name("acquisitionTime").value(acquisitionTime(metadata).get());
        }
        write(json, "stageX", metadata.stageXMicrometres());
        write(json, "stageY", metadata.stageYMicrometres());
        write(json, "focus", metadata.focusMicrometres());
        write(json, "roiCenterOffsetX", metadata.roiCentreOffsetXMicrometres());
        write(json, "roiCenterOffsetY", metadata.roiCentreOffsetYMicrometres());
        if (metadata.validBits().isPresent()) {
            json.name("validBits").value(metadata.validBits().getAsInt());
        }
        if (metadata.attachmentFormat().isPresent()) {
            json.name("attachmentFormat").value(metadata.attachmentFormat().get());
        }
        if (!metadata.tags().isEmpty()) {
            json.name("tags").beginObject();
            for (Map.Entry<String, String> tag : metadata.tags().entrySet()) {
                json.name(tag.getKey()).value(tag.getValue());
            }
            json.endObject();
        }
    }

    private static void write(JsonWriter json, String name, OptionalDouble value) throws IOException {
        if (value.isPresent()) {
            json.name(name).value(value.getAsDouble());
        }
    }
}
