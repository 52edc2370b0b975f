package io.github.czi4j.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.czi4j.Attachment;
import io.github.czi4j.CziReader;
import io.github.czi4j.attachment.AttachmentContent;
import io.github.czi4j.attachment.AttachmentContent.Archive;
import io.github.czi4j.attachment.AttachmentContent.EmbeddedFile;
import io.github.czi4j.attachment.AttachmentContent.Event;
import io.github.czi4j.attachment.AttachmentContent.EventList;
import io.github.czi4j.attachment.AttachmentContent.FocusPositions;
import io.github.czi4j.attachment.AttachmentContent.LookupTable;
import io.github.czi4j.attachment.AttachmentContent.LookupTables;
import io.github.czi4j.attachment.AttachmentContent.Picture;
import io.github.czi4j.attachment.AttachmentContent.Text;
import io.github.czi4j.attachment.AttachmentContent.TimeStamps;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Rect;

/**
 * What an attachment holds, in a few words and as JSON.
 *
 * @param text for a cell of a table
 * @param json with a {@code kind} and what belongs to it
 */
record AttachmentSummary(String text, JsonObject json) {

    static AttachmentSummary of(Attachment attachment) throws CziException {
        AttachmentContent content = attachment.content();
        if (content instanceof TimeStamps stamps) {
            return numbers("timeStamps", "seconds", stamps.seconds(), "time stamp");
        }
        if (content instanceof FocusPositions focus) {
            return numbers("focusPositions", "micrometres", focus.micrometres(), "focus position");
        }
        if (content instanceof EventList list) {
            return events(list);
        }
        if (content instanceof LookupTables tables) {
            return lookupTables(tables);
        }
        if (content instanceof Picture picture) {
            return picture("picture", picture.pixels().width(), picture.pixels().height());
        }
        if (content instanceof EmbeddedFile) {
            return embedded(attachment);
        }
        if (content instanceof Archive archive) {
            return archive(archive);
        }
        if (content instanceof Text text) {
            return new AttachmentSummary("text, " + count(text.text().length(), "character"), kind("text"));
        }
        return new AttachmentSummary("", kind("binary"));
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static JsonObject kind(String name) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", name);
        return json;
    }

    private static AttachmentSummary numbers(String kind, String unit, double[] values, String noun) {
        JsonObject json = kind(kind);
        JsonArray array = new JsonArray();
        for (double value : values) {
            // JSON has no word for the others.
            array.add(Double.isFinite(value) ? value : null);
        }
        json.add(unit, array);
        return new AttachmentSummary(count(values.length, noun), json);
    }

    private static AttachmentSummary events(EventList list) {
        JsonObject json = kind("eventList");
        JsonArray array = new JsonArray();
        for (Event event : list.events()) {
            JsonObject entry = new JsonObject();
            entry.addProperty("seconds", Double.isFinite(event.seconds()) ? event.seconds() : null);
            entry.addProperty("event", event.kind().name());
            entry.addProperty("description", event.description());
            array.add(entry);
        }
        json.add("events", array);
        return new AttachmentSummary(count(list.events().size(), "event"), json);
    }

    private static AttachmentSummary lookupTables(LookupTables tables) {
        JsonObject json = kind("lookupTables");
        JsonArray array = new JsonArray();
        for (LookupTable table : tables.tables()) {
            array.add(table.identifier());
        }
        json.add("identifiers", array);
        return new AttachmentSummary(count(tables.tables().size(), "look-up table"), json);
    }

    private static AttachmentSummary picture(String kind, int width, int height) {
        JsonObject json = kind(kind);
        json.addProperty("width", width);
        json.addProperty("height", height);
        return new AttachmentSummary("picture, " + width + "×" + height, json);
    }

    private static AttachmentSummary embedded(Attachment attachment) throws CziException {
        try (CziReader reader = attachment.open()) {
            Rect image = reader.bounds().image();
            return picture("embeddedCzi", image.width(), image.height());
        }
    }

    private static AttachmentSummary archive(Archive archive) {
        JsonObject json = kind("archive");
        JsonArray array = new JsonArray();
        archive.entries().forEach(file -> {
            JsonObject entry = new JsonObject();
            entry.addProperty("name", file.name());
            entry.addProperty("size", file.size());
            array.add(entry);
        });
        json.add("entries", array);
        return new AttachmentSummary("archive of " + count(archive.entries().size(), "file"), json);
    }
}
