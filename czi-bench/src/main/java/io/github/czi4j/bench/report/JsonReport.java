package io.github.czi4j.bench.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.czi4j.bench.console.WholeFile;
import io.github.czi4j.bench.measure.Interval;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a report so that its file is either whole or not there. */
public final class JsonReport {
    /** Version of the layout of all reports; rises when a member changes its meaning or goes away. */
    public static final int FORMAT_VERSION = 1;

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create();

    private JsonReport() {}

    /**
     * Complains early, before minutes of work, of a report that could not be written.
     *
     * @param file where it is to be
     * @throws IOException if its directory is missing or closed
     */
    public static void check(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || Files.isDirectory(file)) {
            throw new IOException(file + ": expected a file name for the report, but this is a directory");
        }
        if (!Files.isDirectory(directory)) {
            throw new IOException(file + ": the directory of the report does not exist");
        }
        if (!Files.isWritable(directory)) {
            throw new IOException(file + ": no permission to write a report there");
        }
    }

    /**
     * A median and its interval.
     *
     * @param interval the interval
     * @return as all reports have it
     */
    public static JsonObject interval(Interval interval) {
        JsonObject json = new JsonObject();
        json.addProperty("median", interval.median());
        json.addProperty("low", interval.low());
        json.addProperty("high", interval.high());
        json.addProperty("confidence", interval.confidence());
        json.addProperty("min", interval.min());
        json.addProperty("max", interval.max());
        return json;
    }

    /** What was read for what was wanted. */
    static JsonObject amplification(double touched, double delivered) {
        JsonObject json = new JsonObject();
        json.addProperty("touched", touched);
        json.addProperty("delivered", delivered);
        if (delivered > 0) {
            json.addProperty("ratio", touched / delivered);
        } else {
            json.add("ratio", JsonNull.INSTANCE);
        }
        return json;
    }

    static JsonArray strings(Iterable<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    /**
     * A report as text.
     *
     * @param report the report
     * @return indented, with a line break at its end
     */
    public static String text(JsonObject report) {
        return GSON.toJson(report) + "\n";
    }

    /**
     * Writes a report, over an older one if there is one.
     *
     * @param file where
     * @param report what
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, JsonObject report) throws IOException {
        WholeFile.write(file, part -> Files.writeString(part, text(report), StandardCharsets.UTF_8));
    }
}
