package io.github.czi4j.cli;

import com.google.gson.stream.JsonWriter;
import io.github.czi4j.bench.console.Progress;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.SubblockInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** A digest as one JSON object, written as results come. */
final class DigestJson {
    private static final int FORMAT_VERSION = 1;
    private static final int LOOK_EVERY = 64;

    private final Digest digest;
    private final PrintWriter out;
    private final JsonWriter json;

    DigestJson(Digest digest, PrintWriter out) {
        this.digest = digest;
        this.out = out;
        // Not closed: the writer belongs to the caller.
        this.json = new JsonWriter(out);
        json.setHtmlSafe(false);
    }

    /**
     * Writes it.
     *
     * @param mosaics null if none are asked for, which leaves them out
     * @return false if nobody reads it any more; what remained has been left undone
     */
    boolean write(String name, List<DigestRequest> mosaics) throws IOException {
        json.beginObject();
        json.name("formatVersion").value(FORMAT_VERSION);
        json.name("file").value(name);
        json.name("subBlocks").beginArray();
        try {
            digest.forEachSubblock(this::write);
        } catch (NobodyReads e) {
            return false;
        }
        json.endArray();
        json.name("metadata").beginObject();
        Digest.Payload xml = digest.metadata();
        writeBytes("xmlBytes", "xmlMd5", xml);
        json.endObject();
        writeAttachments();
        if (mosaics != null) {
            writeMosaics(mosaics);
        }
        json.endObject();
        json.flush();
        out.println();
        return true;
    }

    /** The pipe is broken: decoding the rest of a large file would be in vain. */
    private static final class NobodyReads extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private void write(SubblockInfo info, Digest.Bitmap result) throws IOException {
        if (info.index() % LOOK_EVERY == 0 && out.checkError()) {
            throw new NobodyReads();
        }
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
        if (result.error() == null) {
            json.name("pixels").beginObject();
            json.name("w").value(result.width());
            json.name("h").value(result.height());
            json.name("md5").value(result.md5());
            json.endObject();
        } else {
            json.name("error").value(result.error());
        }
        json.name("warnings").beginArray();
        for (String warning : result.warnings()) {
            json.value(warning);
        }
        json.endArray();
        json.endObject();
    }

    private void writeBytes(String size, String md5, Digest.Payload payload) throws IOException {
        if (payload.error() == null) {
            json.name(size).value(payload.size());
            json.name(md5).value(payload.md5());
        } else {
            json.name("error").value(payload.error());
        }
    }

    private void writeAttachments() throws IOException {
        List<Digest.Payload> attachments;
        try {
            attachments = digest.attachments();
        } catch (CziException e) {
            json.name("attachments").beginArray().endArray();
            json.name("attachmentsError").value(e.getMessage());
            return;
        }
        json.name("attachments").beginArray();
        for (Digest.Payload attachment : attachments) {
            json.beginObject();
            json.name("name").value(attachment.name());
            json.name("contentFileType").value(attachment.type());
            writeBytes("size", "md5", attachment);
            json.endObject();
        }
        json.endArray();
    }

    private void writeMosaics(List<DigestRequest> requests) throws IOException {
        json.name("mosaics").beginArray();
        try (Progress progress = new Progress("composing", requests.size())) {
            for (int i = 0; i < requests.size(); i++) {
                Digest.Bitmap mosaic = digest.mosaic(requests.get(i));
                json.beginObject();
                if (mosaic.error() == null) {
                    json.name("w").value(mosaic.width());
                    json.name("h").value(mosaic.height());
                    json.name("pixelType").value(mosaic.pixelType());
                    json.name("md5").value(mosaic.md5());
                } else {
                    json.name("error").value(mosaic.error());
                }
                json.endObject();
                progress.update(i + 1L);
            }
        }
        json.endArray();
    }
}
