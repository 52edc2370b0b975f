package io.github.czi4j.bench.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Reads results that were stored. */
public final class ResultFile {
    /** A result of a million tiles has about 200 MB. */
    private static final long MAX_BYTES = 1L << 30;

    private static final Set<String> KINDS = Set.of("benchmark", "profile");

    private ResultFile() {}

    /**
     * Reads a result.
     *
     * @param file where it is
     * @return a benchmark or a profile; only that is checked
     * @throws IOException if it cannot be read or is no result of this program
     */
    public static JsonObject read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + ": " + Files.size(file) + " bytes are too many for a result");
        }
        JsonElement json;
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            json = JsonParser.parseReader(reader);
        } catch (JsonParseException | CharacterCodingException | StackOverflowError e) {
            throw new IOException(file + ": expected JSON of czi benchmark or czi profile, this is none", e);
        }
        if (!(json instanceof JsonObject result)
                || !KINDS.contains(Members.of(json).text("kind"))) {
            throw new IOException(
                    file + ": expected a result of czi benchmark or czi profile, found no \"kind\" of one");
        }
        double version = Members.of(json).number("formatVersion");
        if (version > JsonReport.FORMAT_VERSION) {
            throw new IOException(file + ": format version " + Quantities.count(version)
                    + " is newer than this program, which knows " + JsonReport.FORMAT_VERSION);
        }
        return result;
    }
}
