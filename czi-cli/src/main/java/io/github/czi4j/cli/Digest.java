package io.github.czi4j.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import io.github.czi4j.Attachment;
import io.github.czi4j.CziReader;
import io.github.czi4j.Mosaic;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.Subblock;
import io.github.czi4j.bench.console.Progress;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.SubblockInfo;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Fingerprints of a file's contents: MD5 of tight little-endian pixels, rows from top to bottom, colour in the stored
 * order; of the metadata and of the attachments as stored.
 */
final class Digest {
    private static final int FORMAT_VERSION = 1;
    private static final int CHUNK = 1 << 20;

    private final CziReader reader;

    /**
     * What came of a subblock.
     *
     * @param md5 of its pixels, null if it has none
     * @param error why it has none, else null
     * @param warnings what was odd
     */
    record Result(int width, int height, String md5, String error, List<String> warnings) {}

    /** Takes the results in the order of the directory. */
    @FunctionalInterface
    interface Sink {
        void accept(SubblockInfo info, Result result) throws IOException;
    }

    Digest(CziReader reader) {
        this.reader = reader;
    }

    /** Decodes all subblocks on all processors; few are in memory at a time. */
    void forEachSubblock(Sink sink) throws IOException {
        int count = reader.subblockCount();
        try (Progress progress = new Progress("decoding", count);
                InOrder<Result> results = new InOrder<>(count, index -> decode(reader.subblock(index)))) {
            for (int index = 0; index < count; index++) {
                sink.accept(reader.subblockInfo(index), results.next());
                progress.update(index + 1L);
            }
        }
    }

    private static Result decode(Subblock subblock) {
        try {
            Subblock.Bitmap bitmap = subblock.read();
            Pixels pixels = bitmap.pixels();
            return new Result(pixels.width(), pixels.height(), md5(pixels), null, bitmap.warnings());
        } catch (CziException e) {
            return new Result(0, 0, null, e.getMessage(), List.of());
        }
    }

    void writeJson(Writer out, String name, Path mosaics) throws IOException {
        // Not closed: the writer belongs to the caller.
        JsonWriter json = new JsonWriter(out);
        json.setHtmlSafe(false);
        json.beginObject();
        json.name("formatVersion").value(FORMAT_VERSION);
        json.name("file").value(name);
        json.name("subBlocks").beginArray();
        forEachSubblock((info, result) -> write(json, info, result));
        json.endArray();
        writeMetadata(json);
        writeAttachments(json);
        if (mosaics != null) {
            writeMosaics(json, mosaics);
        }
        json.endObject();
        json.flush();
    }

    private static void write(JsonWriter json, SubblockInfo info, Result result) throws IOException {
        json.beginObject();
        json.name("index").value(info.index());
        json.name("coord").value(info.coordinate().toString());
        if (info.mIndex().isPresent()) {
            json.name("m").value(info.mIndex().getAsInt());
        }
        Rect logical = info.logical();
        json.name("logical").beginArray();
        json.value(logical.x()).value(logical.y()).value(logical.width()).value(logical.height());
        json.endArray();
        json.name("physical").beginArray();
        json.value(info.storedWidth()).value(info.storedHeight());
        json.endArray();
        json.name("pixelType").value(info.pixelType().label());
        json.name("compression").value(info.compression().label());
        if (result.error == null) {
            json.name("pixels").beginObject();
            json.name("w").value(result.width);
            json.name("h").value(result.height);
            json.name("md5").value(result.md5);
            json.endObject();
        } else {
            json.name("error").value(result.error);
        }
        json.name("warnings").beginArray();
        for (String warning : result.warnings) {
            json.value(warning);
        }
        json.endArray();
        json.endObject();
    }

    private void writeMetadata(JsonWriter json) throws IOException {
        json.name("metadata").beginObject();
        try {
            byte[] xml = reader.metadataXmlBytes();
            json.name("xmlBytes").value(xml.length);
            json.name("xmlMd5").value(md5(xml));
        } catch (CziException e) {
            json.name("error").value(e.getMessage());
        }
        json.endObject();
    }

    private void writeAttachments(JsonWriter json) throws IOException {
        List<Attachment> attachments;
        try {
            attachments = reader.attachments();
        } catch (CziException e) {
            json.name("attachments").beginArray().endArray();
            json.name("attachmentsError").value(e.getMessage());
            return;
        }
        json.name("attachments").beginArray();
        for (Attachment attachment : attachments) {
            json.beginObject();
            // Byte by byte: the fingerprint is of what is stored, whatever encoding that may be.
            json.name("name").value(new String(attachment.storedName(), StandardCharsets.ISO_8859_1));
            json.name("contentFileType").value(attachment.contentFileType());
            try {
                byte[] payload = attachment.read();
                json.name("size").value(payload.length);
                json.name("md5").value(md5(payload));
            } catch (CziException e) {
                json.name("error").value(e.getMessage());
            }
            json.endObject();
        }
        json.endArray();
    }

    private void writeMosaics(JsonWriter json, Path requests) throws IOException {
        List<String> lines = Files.readAllLines(requests, StandardCharsets.UTF_8);
        json.name("mosaics").beginArray();
        try (Progress progress = new Progress("composing", lines.size())) {
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).isBlank()) {
                    writeMosaic(json, lines.get(i), requests, i + 1);
                }
                progress.update(i + 1L);
            }
        }
        json.endArray();
    }

    private void writeMosaic(JsonWriter json, String line, Path requests, int lineNumber) throws IOException {
        JsonObject request;
        try {
            request = JsonParser.parseString(line).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IllegalArgumentException(
                    requests + ": line " + lineNumber + " is not a request in JSON: " + e.getMessage(), e);
        }
        json.beginObject();
        try {
            Mosaic mosaic = reader.readMosaic(request(request));
            if (mosaic.isComplete()) {
                json.name("w").value(mosaic.width());
                json.name("h").value(mosaic.height());
                json.name("pixelType").value(mosaic.pixelType().label());
                json.name("md5").value(md5(mosaic.pixels()));
            } else {
                String reason = mosaic.failures().isEmpty()
                        ? mosaic.notes().get(0)
                        : mosaic.failures().get(0).reason().getMessage();
                json.name("error").value("the mosaic is not complete: " + reason);
            }
        } catch (CziException | IllegalArgumentException | UnsupportedOperationException e) {
            json.name("error").value(e.getMessage());
        }
        json.endObject();
    }

    private static MosaicRequest request(JsonObject json) {
        if (json.has("layer") || json.has("minificationFactor")) {
            throw new UnsupportedOperationException("stored pyramid layers cannot be asked for yet");
        }
        if (json.has("maskAware") && json.get("maskAware").getAsBoolean()) {
            throw new UnsupportedOperationException("masks are not looked at yet");
        }
        JsonArray roi = json.getAsJsonArray("roi");
        MosaicRequest request = MosaicRequest.region(
                roi.get(0).getAsInt(),
                roi.get(1).getAsInt(),
                roi.get(2).getAsInt(),
                roi.get(3).getAsInt());
        if (json.has("plane")) {
            request = request.plane(json.get("plane").getAsString());
        }
        if (json.has("zoom")) {
            request = request.zoom(json.get("zoom").getAsDouble());
        }
        JsonElement scene = json.get("scene");
        return scene == null || scene.isJsonNull() ? request : request.scene(scene.getAsInt());
    }

    private static String md5(Pixels pixels) {
        MessageDigest digest = md5();
        long rowBytes = pixels.byteCount() / Math.max(1, pixels.height());
        int rowsAtOnce = (int) Math.max(1, CHUNK / Math.max(1, rowBytes));
        ByteBuffer chunk = ByteBuffer.allocate(Math.toIntExact(rowsAtOnce * rowBytes));
        for (int row = 0; row < pixels.height(); row += rowsAtOnce) {
            chunk.clear();
            pixels.copyRows(row, Math.min(rowsAtOnce, pixels.height() - row), chunk);
            digest.update(chunk.flip());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String md5(byte[] bytes) {
        return HexFormat.of().formatHex(md5().digest(bytes));
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
