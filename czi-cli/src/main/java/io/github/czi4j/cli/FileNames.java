package io.github.czi4j.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names for files out of names that a CZI holds, which may be anything. No two are the same. Not thread-safe. */
final class FileNames {
    /** File systems allow 255; some room is left for a number and the extension. */
    private static final int MAX_BYTES = 200;

    private static final String RESERVED_BY_WINDOWS = "(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])([. ].*)?";

    private final Set<String> taken = new HashSet<>();

    /**
     * A file that lies directly in the folder, whatever the name says.
     *
     * @param type what the CZI says the bytes are, which gives the extension
     */
    Path in(Path folder, String name, String type) {
        String safe = safe(name);
        try {
            return folder.resolve(unique(safe, type));
        } catch (InvalidPathException e) {
            // A JVM without a locale knows no letters but those of ASCII.
            return folder.resolve(unique(safe.replaceAll("[^\\x20-\\x7e]", "_"), type));
        }
    }

    private String unique(String safe, String type) {
        String extension = extension(type);
        String candidate = safe + extension;
        // Some file systems take letters of either case for the same.
        for (int i = 2; !taken.add(candidate.toLowerCase(Locale.ROOT)); i++) {
            candidate = safe + " (" + i + ")" + extension;
        }
        return candidate;
    }

    private static String safe(String name) {
        String safe = name.replaceAll("[^\\p{L}\\p{N} ._()-]", "_")
                .replaceAll("^[ .]+|[.]{2,}", "_")
                .strip();
        safe = safe.isEmpty() ? "attachment" : shorten(safe);
        return safe.matches(RESERVED_BY_WINDOWS) ? "_" + safe : safe;
    }

    /** Cuts between characters, never within one. */
    private static String shorten(String text) {
        int end = text.length();
        while (text.substring(0, end).getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end);
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
