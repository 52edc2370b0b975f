package io.github.czi4j.cli;

import com.google.gson.stream.JsonWriter;
import io.github.czi4j.Attachment;
import io.github.czi4j.CziReader;
import io.github.czi4j.metadata.ChannelMetadata;
import io.github.czi4j.metadata.DocumentMetadata;
import io.github.czi4j.metadata.InstrumentMetadata;
import io.github.czi4j.metadata.Scene;
import io.github.czi4j.metadata.Well;
import io.github.czi4j.model.Bounds;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.IndexRange;
import io.github.czi4j.model.Rect;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What {@code czi info} tells, for programs: all scenes, channels and oddities, in plain units. What is not known is left
 * out.
 */
final class InfoJson {
    private static final int FORMAT_VERSION = 1;

    private final CziReader reader;
    private final Bounds bounds;
    private final PrintWriter out;
    private final JsonWriter json;
    private final List<String> odd = new ArrayList<>();

    InfoJson(CziReader reader, PrintWriter out) {
        this.reader = reader;
        this.bounds = reader.bounds();
        this.out = out;
        // Not closed: the writer belongs to the caller.
        this.json = new JsonWriter(out);
        json.setHtmlSafe(false);
    }

    void write(String name) throws IOException {
        odd.addAll(reader.problems());
        DocumentMetadata metadata = metadata();
        DirectorySummary summary = DirectorySummary.of(reader);
        json.beginObject();
        json.name("formatVersion").value(FORMAT_VERSION);
        json.name("file").value(name);
        json.name("bytes").value(reader.fileInfo().size());
        json.name("subBlocks").value(reader.subblockCount());
        text("title", metadata.title());
        if (!bounds.image().isEmpty()) {
            rect("image", bounds.image());
        }
        json.name("pixelSizeMicrometres").beginObject();
        number("x", metadata.pixelSizeX());
        number("y", metadata.pixelSizeY());
        number("z", metadata.pixelSizeZ());
        json.endObject();
        channels(metadata.channels());
        dimensions();
        scenes();
        layers(summary.layers());
        counts("pixelTypes", summary.pixelTypes());
        counts("compressions", summary.compressions());
        if (metadata.objective().isPresent()) {
            objective(metadata.objective().get());
        }
        text("acquired", metadata.acquisitionTime());
        text("software", metadata.software());
        attachments();
        odd.addAll(summary.odd());
        odd.addAll(metadata.problems());
        json.name("odd").beginArray();
        for (String text : odd) {
            json.value(text);
        }
        json.endArray();
        json.endObject();
        json.flush();
        out.println();
    }

    private DocumentMetadata metadata() {
        try {
            return reader.metadata();
        } catch (CziException e) {
            odd.add("the metadata cannot be read: " + e.getMessage());
            return DocumentMetadata.parse("");
        }
    }

    private void text(String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.name(name).value(value.get());
        }
    }

    private void number(String name, OptionalDouble value) throws IOException {
        // JSON has no infinity, and what a file says may be anything.
        if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
            json.name(name).value(value.getAsDouble());
        }
    }

    private void rect(String name, Rect rect) throws IOException {
        json.name(name).beginArray();
        json.value(rect.x()).value(rect.y()).value(rect.width()).value(rect.height());
        json.endArray();
    }

    private void channels(List<ChannelMetadata> channels) throws IOException {
        json.name("channels").beginArray();
        for (ChannelMetadata channel : channels) {
            json.beginObject();
            text("id", channel.id());
            text("name", channel.name());
            text("fluorophore", channel.fluorophore());
            text("colour", channel.colour());
            number("excitationNanometres", channel.excitationNanometres());
            number("emissionNanometres", channel.emissionNanometres());
            json.endObject();
        }
        json.endArray();
    }

    private void dimensions() throws IOException {
        json.name("dimensions").beginObject();
        for (Map.Entry<Dimension, IndexRange> entry : bounds.dimensions().entrySet()) {
            range(entry.getKey().name(), entry.getValue());
        }
        if (bounds.mIndex().isPresent()) {
            range("M", bounds.mIndex().get());
        }
        json.endObject();
        json.name("planes").value(reader.planeCount());
    }

    private void range(String name, IndexRange range) throws IOException {
        json.name(name).beginArray();
        json.value(range.min()).value(range.max());
        json.endArray();
    }

    private void scenes() throws IOException {
        List<Scene> scenes = List.of();
        try {
            scenes = reader.scenes();
        } catch (CziException e) {
            odd.add("the scenes cannot be told: " + e.getMessage());
        }
        json.name("scenes").beginArray();
        for (Scene scene : scenes) {
            json.beginObject();
            json.name("index").value(scene.index());
            text("name", scene.name());
            text("well", scene.well().map(Well::label));
            if (scene.centre().isPresent()) {
                json.name("centreMicrometres").beginArray();
                json.value(scene.centre().get().xMicrometres());
                json.value(scene.centre().get().yMicrometres());
                json.endArray();
            }
            if (scene.isStored()) {
                rect("bounds", scene.image());
            }
            json.name("subBlocks").value(scene.subblocks());
            json.endObject();
        }
        json.endArray();
    }

    private void layers(List<DirectorySummary.Layer> layers) throws IOException {
        json.name("layers").beginArray();
        for (DirectorySummary.Layer layer : layers) {
            json.beginObject();
            json.name("ratio").value(layer.ratio() > 0 ? layer.ratio() : -1.0 / layer.ratio());
            json.name("subBlocks").value(layer.count());
            json.name("typicalSize").beginArray();
            json.value(layer.width()).value(layer.height()).endArray();
            json.name("sameSize").value(layer.isUniform());
            json.endObject();
        }
        json.endArray();
    }

    private void counts(String name, Map<String, Integer> counts) throws IOException {
        json.name(name).beginObject();
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            json.name(entry.getKey()).value(entry.getValue());
        }
        json.endObject();
    }

    private void objective(InstrumentMetadata.Objective objective) throws IOException {
        json.name("objective").beginObject();
        text("name", objective.name());
        number("magnification", objective.nominalMagnification());
        number("numericalAperture", objective.numericalAperture());
        text("immersion", objective.immersion());
        json.endObject();
    }

    private void attachments() throws IOException {
        List<Attachment> attachments = List.of();
        try {
            attachments = reader.attachments();
        } catch (CziException e) {
            odd.add("the attachments cannot be read: " + e.getMessage());
        }
        json.name("attachments").beginArray();
        for (Attachment attachment : attachments) {
            json.beginObject();
            json.name("name").value(attachment.name());
            json.name("contentFileType").value(attachment.contentFileType());
            try {
                json.name("size").value(attachment.size());
            } catch (CziException e) {
                json.nullValue();
                odd.add("attachment '" + attachment.name() + "' cannot be read: " + e.getMessage());
            }
            json.endObject();
        }
        json.endArray();
    }
}
