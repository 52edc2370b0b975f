package io.github.czi4j.cli;

import com.google.gson.stream.JsonWriter;
import io.github.czi4j.Attachment;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.console.CommandErrors;
import io.github.czi4j.bench.console.TextTable;
import io.github.czi4j.bench.console.Units;
import io.github.czi4j.bench.console.WholeFile;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Pixels;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code czi attachments}. */
@Command(
        name = "attachments",
        description = "Lists what lies beside the image: thumbnail, label, time stamps and the like.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  czi attachments slide.czi",
            "  czi attachments slide.czi --extract parts",
            "  czi attachments slide.czi --pictures label"
        })
final class AttachmentsCommand implements Callable<Integer> {
    private static final int FORMAT_VERSION = 1;

    @Spec
    private CommandSpec spec;

    @Mixin
    private FileArgument file;

    @Option(names = "--extract", paramLabel = "DIR", description = "Write them to files in this folder.")
    private Path folder;

    @Option(
            names = "--pictures",
            paramLabel = "DIR",
            description = "Write thumbnail, label and preview as PNG files in this folder.")
    private Path pictures;

    @Option(names = "--force", description = "Replace existing files of these names.")
    private boolean force;

    @Option(names = "--json", description = "One JSON object with a formatVersion.")
    private boolean json;

    /**
     * An attachment and what came of it.
     *
     * @param size null if it cannot be read
     * @param target null if it was not extracted
     * @param content null if it cannot be understood
     */
    private record Part(Attachment attachment, Long size, Path target, AttachmentSummary content, String error) {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Part> parts = new ArrayList<>();
        try (CziReader reader = file.open()) {
            List<Attachment> attachments = reader.attachments();
            Iterator<Path> targets = targets(attachments).iterator();
            FileNames pictureNames = new FileNames();
            for (Attachment attachment : attachments) {
                Path target = folder == null ? null : targets.next();
                try {
                    long size = attachment.size();
                    if (target != null) {
                        // Moved into place, which replaces a link of that name and never follows it.
                        byte[] payload = attachment.read();
                        WholeFile.write(target, part -> Files.write(part, payload));
                    }
                    parts.add(new Part(attachment, size, target, content(attachment, pictureNames), null));
                } catch (CziException e) {
                    parts.add(new Part(attachment, null, null, null, e.getMessage()));
                    spec.commandLine().getErr().println("czi: " + e.getMessage());
                }
            }
        }
        if (json) {
            writeJson(parts, out);
        } else {
            writeTable(parts, out);
        }
        out.flush();
        return parts.stream().allMatch(part -> part.error == null) ? CommandErrors.OK : CommandErrors.FINDINGS;
    }

    /** What it holds; null, and a line on standard error, where that cannot be understood. */
    private AttachmentSummary content(Attachment attachment, FileNames pictureNames) throws IOException {
        try {
            AttachmentSummary summary = AttachmentSummary.of(attachment);
            if (pictures != null) {
                writePicture(attachment, pictureNames);
            }
            return summary;
        } catch (CziException e) {
            spec.commandLine().getErr().println("note: " + e.getMessage());
            return null;
        }
    }

    private void writePicture(Attachment attachment, FileNames names) throws IOException {
        Optional<Pixels> picture = attachment.picture();
        if (picture.isEmpty()) {
            return;
        }
        Files.createDirectories(pictures);
        Path target = names.in(pictures, attachment.name(), "png");
        if (!force && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString(), null, "exists already; --force replaces it");
        }
        Picture.write(picture.get(), target, Optional.empty());
        spec.commandLine().getErr().println("wrote " + target);
    }

    /** Chosen and checked before the first file is written, so that nothing is left half done for a name. */
    private List<Path> targets(List<Attachment> attachments) throws IOException {
        List<Path> result = new ArrayList<>();
        if (folder == null) {
            return result;
        }
        Files.createDirectories(folder);
        FileNames names = new FileNames();
        for (Attachment attachment : attachments) {
            Path target = names.in(folder, attachment.name(), attachment.contentFileType());
            if (!force && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(target.toString(), null, "exists already; --force replaces it");
            }
            result.add(target);
        }
        return result;
    }

    private void writeTable(List<Part> parts, PrintWriter out) {
        TextTable table = new TextTable("name", "type", "size>", "content", folder == null ? "offset" : "file");
        for (Part part : parts) {
            Object where = folder == null ? part.attachment.filePosition() : part.target;
            table.row(
                    part.attachment.name().replaceAll("\\p{Cntrl}", "?"),
                    part.attachment.contentFileType(),
                    part.error == null ? Units.bytes(part.size) : "damaged",
                    part.content == null ? "" : part.content.text(),
                    where == null ? "" : where);
        }
        out.print(table);
    }

    private void writeJson(List<Part> parts, PrintWriter out) throws IOException {
        // Not closed: standard output stays open.
        JsonWriter writer = new JsonWriter(out);
        writer.setHtmlSafe(false);
        writer.setSerializeNulls(false);
        writer.beginObject();
        writer.name("formatVersion").value(FORMAT_VERSION);
        writer.name("file").value(file.name());
        writer.name("attachments").beginArray();
        for (Part part : parts) {
            writer.beginObject();
            writer.name("name").value(part.attachment.name());
            writer.name("contentFileType").value(part.attachment.contentFileType());
            writer.name("contentGuid").value(String.valueOf(part.attachment.contentGuid()));
            writer.name("filePosition").value(part.attachment.filePosition());
            writer.name("size").value(part.size);
            if (part.content != null) {
                writer.name("content").jsonValue(part.content.json().toString());
            }
            writer.name("error").value(part.error);
            writer.name("extractedTo").value(part.target == null ? null : part.target.toString());
            writer.endObject();
        }
        writer.endArray();
        writer.endObject();
        writer.flush();
        out.println();
    }
}
