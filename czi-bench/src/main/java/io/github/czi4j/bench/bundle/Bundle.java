package io.github.czi4j.bench.bundle;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.console.WholeFile;
import io.github.czi4j.bench.environment.Environment;
import io.github.czi4j.bench.report.html.HtmlReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * Results, their reports, the machine, and of a CZI file its metadata and what its directory says: never a pixel, an
 * attachment or the label. The same inputs give the same archive, byte for byte. Not thread-safe.
 */
public final class Bundle {
    private static final int MAX_NAME = 80;
    /** Times of files are nobody's business, and differ between two bundles of the same. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create();

    private final PrivateTraits traits = new PrivateTraits();
    private final Map<String, JsonObject> results = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final JsonObject environment = Environment.capture().toJson();
    private JsonObject directory;
    private byte[] metadata;
    private XmlTexts xml;

    /** A bundle of this machine, and nothing else yet. */
    public Bundle() {
        traits.add(PrivateTraits.Kind.USER, System.getProperty("user.name", ""));
        try {
            traits.add(PrivateTraits.Kind.HOST, InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            notes.add("the name of this machine is not known, so that it is not looked for");
        }
        // The one figure that differs between two looks.
        environment.remove("loadAverage");
        JsonTexts.scan("", environment, traits);
    }

    /**
     * Adds a result.
     *
     * @param file whose name it gets
     * @param result a benchmark or a profile
     */
    public void addResult(Path file, JsonObject result) {
        String name = String.valueOf(file.getFileName());
        String stem = name.toLowerCase(Locale.ROOT).endsWith(".json") ? name.substring(0, name.length() - 5) : name;
        String unique = unique(sanitised(stem));
        results.put(unique, result);
        JsonElement measured = result.get("file");
        if (measured instanceof JsonObject of
                && of.get("name") != null
                && of.get("name").isJsonPrimitive()) {
            traits.addFile(of.get("name").getAsString());
        }
        JsonTexts.scan("", result, traits);
    }

    /** On file systems that ignore case, too. */
    private String unique(String name) {
        String candidate = name;
        for (int i = 2; contains(candidate); i++) {
            candidate = name + "-" + i;
        }
        return candidate;
    }

    private boolean contains(String name) {
        return results.keySet().stream().anyMatch(name::equalsIgnoreCase);
    }

    /** A name that means the same on all systems and nowhere leads out of a folder. */
    static String sanitised(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^[._-]+", "");
        String bounded = plain.length() > MAX_NAME ? plain.substring(0, MAX_NAME) : plain;
        return bounded.isEmpty() ? "result" : bounded;
    }

    /**
     * Adds what a CZI file says of itself.
     *
     * @param file the file
     * @throws IOException if it cannot be read
     */
    public void addFile(Path file) throws IOException {
        try (CziReader reader = CziReader.open(file)) {
            directory = DirectoryFacts.of(reader);
            traits.addFile(file.toString());
            JsonTexts.scan("", directory, traits);
            metadata = reader.metadataXmlBytes();
        }
        try {
            xml = metadata.length == 0 ? null : XmlTexts.parse(metadata);
        } catch (IOException e) {
            notes.add(e.getMessage() + "; it is not looked through, and left out with --anonymise");
        }
        if (xml != null) {
            xml.scan(traits);
        }
    }

    /**
     * What the bundle holds that may be private.
     *
     * @return values, by what they are
     */
    public Map<String, Set<String>> privateTraits() {
        Map<String, Set<String>> found = new LinkedHashMap<>();
        traits.found().forEach((kind, values) -> found.put(kind.description(), values));
        return found;
    }

    /**
     * What the user should know besides.
     *
     * @return sentences
     */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * Writes the archive.
     *
     * @param target where
     * @param isAnonymous whether users, machines, paths and identifiers are replaced by names that tell nothing
     * @return names of its entries
     * @throws IOException if it cannot be written, or holds too much to be made anonymous
     */
    public List<String> write(Path target, boolean isAnonymous) throws IOException {
        if (isAnonymous && traits.isOverfull()) {
            throw new IOException("these inputs hold too many names, paths and the like to be made anonymous;"
                    + " fewer results, or none of the CZI file (--file), may do");
        }
        TreeMap<String, byte[]> entries = new TreeMap<>();
        int number = 0;
        for (Map.Entry<String, JsonObject> entry : results.entrySet()) {
            number++;
            JsonObject result = of(entry.getValue(), isAnonymous);
            String name = isAnonymous ? "result-" + number : entry.getKey();
            entries.put("results/" + name + ".json", text(GSON.toJson(result) + "\n"));
            entries.put("results/" + name + ".html", text(HtmlReport.page(result)));
        }
        entries.put("environment.json", text(GSON.toJson(of(environment, isAnonymous)) + "\n"));
        if (directory != null) {
            entries.put("czi/directory.json", text(GSON.toJson(of(directory, isAnonymous)) + "\n"));
        }
        if (isAnonymous && xml != null) {
            xml.anonymise(traits);
            entries.put("czi/metadata.xml", xml.toBytes());
        } else if (!isAnonymous && metadata != null && metadata.length > 0) {
            entries.put("czi/metadata.xml", metadata);
        }
        WholeFile.write(target, part -> {
            try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(part)) {
                for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                    ZipArchiveEntry header = new ZipArchiveEntry(entry.getKey());
                    header.setTimeLocal(NO_TIME);
                    zip.putArchiveEntry(header);
                    zip.write(entry.getValue());
                    zip.closeArchiveEntry();
                }
            }
        });
        return List.copyOf(entries.keySet());
    }

    private JsonObject of(JsonObject json, boolean isAnonymous) {
        return isAnonymous ? JsonTexts.anonymised("", json, traits).getAsJsonObject() : json;
    }

    private static byte[] text(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }
}
