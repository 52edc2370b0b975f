package io.github.czi4j.cli;

import io.github.czi4j.Attachment;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.console.CommandErrors;
import io.github.czi4j.bench.console.TextTable;
import io.github.czi4j.bench.console.Units;
import io.github.czi4j.model.CziException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
        footer = {"", "Examples:", "  czi attachments slide.czi", "  czi attachments slide.czi --extract parts"})
final class AttachmentsCommand implements Callable<Integer> {
    private static final int MAX_NAME = 100;

    @Spec
    private CommandSpec spec;

    @Mixin
    private FileArgument file;

    @Option(names = "--extract", paramLabel = "DIR", description = "Write them to files in this folder.")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        boolean isWhole = true;
        try (CziReader reader = file.open()) {
            List<Attachment> attachments = reader.attachments();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            TextTable table = new TextTable("name", "type", "size>", folder == null ? "offset" : "file");
            Set<String> taken = new HashSet<>();
            for (Attachment attachment : attachments) {
                String size;
                String where = String.valueOf(attachment.filePosition());
                try {
                    size = Units.bytes(attachment.size());
                    where = folder == null ? where : extract(attachment, taken).toString();
                } catch (CziException e) {
                    size = "damaged";
                    isWhole = false;
                    spec.commandLine().getErr().println("czi: " + e.getMessage());
                }
                table.row(printable(attachment.name()), attachment.contentFileType(), size, where);
            }
            out.print(table);
            out.flush();
        }
        return isWhole ? CommandErrors.OK : CommandErrors.FINDINGS;
    }

    private Path extract(Attachment attachment, Set<String> taken) throws IOException {
        Path target = folder.resolve(fileName(attachment, taken));
        Files.write(target, attachment.read());
        return target;
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /** A name that stays in the folder, whatever the file says, and is not taken yet. */
    static String fileName(Attachment attachment, Set<String> taken) {
        return fileName(attachment.name(), attachment.contentFileType(), taken);
    }

    static String fileName(String name, String type, Set<String> taken) {
        String safe = name.replaceAll("[^\\p{L}\\p{N} ._()-]", "_").replaceAll("^[ .]+|[.]{2,}", "_");
        safe = safe.isBlank() ? "attachment" : safe.strip();
        safe = safe.substring(0, Math.min(MAX_NAME, safe.length()));
        String extension = extension(type);
        String candidate = safe + extension;
        for (int i = 2; !taken.add(candidate.toLowerCase(Locale.ROOT)); i++) {
            candidate = safe + " (" + i + ")" + extension;
        }
        return candidate;
    }

    private static String extension(String type) {
        String letters = type.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return switch (letters) {
            case "" -> ".bin";
            case "zisraw" -> ".czi";
            case "zipcomp" -> ".zip";
            case "binary" -> ".bin";
            default -> "." + letters;
        };
    }
}
