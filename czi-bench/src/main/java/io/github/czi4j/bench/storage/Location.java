package io.github.czi4j.bench.storage;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.io.ByteSource;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.io.HttpByteSource;
import io.github.czi4j.io.HttpOptions;
import io.github.czi4j.model.CziException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Where a file that is measured lies: on this machine, or behind http or https. Immutable. */
public final class Location {
    private final Path path;
    private final URI uri;
    /** {@code NAME: VALUE}. */
    private final List<String> headers;

    private Location(Path path, URI uri, List<String> headers) {
        this.path = path;
        this.uri = uri;
        this.headers = headers;
    }

    /**
     * A file on this machine.
     *
     * @param path the file
     * @return its location
     */
    public static Location of(Path path) {
        return new Location(path, null, List.of());
    }

    /**
     * A file behind an address.
     *
     * @param uri of http or https
     * @return its location
     */
    public static Location of(URI uri) {
        return new Location(null, uri, List.of());
    }

    /**
     * Whether a text is an address of http or https.
     *
     * @param text a path or an address
     * @return true for an address
     */
    public static boolean isAddress(String text) {
        return text.regionMatches(true, 0, "http://", 0, 7) || text.regionMatches(true, 0, "https://", 0, 8);
    }

    /**
     * A file behind an address that somebody typed.
     *
     * @param text the address
     * @return its location
     * @throws IllegalArgumentException if it is not valid; without what was typed, in which a signature may be
     */
    public static Location ofAddress(String text) {
        try {
            return of(URI.create(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the address of the file is not valid: blanks and the like are written"
                    + " as %20, and a shell wants it in quotes");
        }
    }

    /**
     * The same with headers for each request.
     *
     * @param lines of the form {@code NAME: VALUE}
     * @return a new value; the same for a file on this machine
     * @throws IllegalArgumentException if a line has another form
     */
    public Location headers(List<String> lines) {
        for (String line : lines) {
            if (line.indexOf(':') < 1) {
                throw new IllegalArgumentException("--header: expected 'NAME: VALUE'");
            }
        }
        return uri == null ? this : new Location(null, uri, List.copyOf(lines));
    }

    /**
     * Whether it is behind an address.
     *
     * @return true if so
     */
    public boolean isRemote() {
        return uri != null;
    }

    /**
     * Where it is on this machine.
     *
     * @return the path
     * @throws IllegalStateException if it is behind an address
     */
    public Path path() {
        if (path == null) {
            throw new IllegalStateException(name() + " is not on this machine");
        }
        return path;
    }

    /**
     * What reports call it: of an address without user, query and fragment.
     *
     * @return the whole name
     */
    public String name() {
        return isRemote() ? HttpByteSource.nameOf(uri) : path.toString();
    }

    /**
     * The last part of its name.
     *
     * @return for instance {@code slide.czi}
     */
    public String fileName() {
        if (!isRemote()) {
            return String.valueOf(path.getFileName());
        }
        return name().substring(name().lastIndexOf('/') + 1);
    }

    /**
     * Opens it. No tile is kept for the next load, which would then measure something else.
     *
     * @param options how
     * @return the reader; the caller closes it
     * @throws CziException if it cannot be read
     */
    public CziReader open(CziOptions options) throws CziException {
        CziOptions fresh = options.tileCache(0);
        return isRemote() ? CziReader.open(uri, fresh.http(http())) : CziReader.open(path, fresh);
    }

    /**
     * Its bytes.
     *
     * @param mode how they are read on this machine
     * @return the source; the caller closes it
     * @throws CziException if it cannot be read
     */
    ByteSource source(FileByteSource.Mode mode) throws CziException {
        return isRemote() ? HttpByteSource.open(uri, http()) : FileByteSource.open(path, mode);
    }

    private HttpOptions http() {
        HttpOptions http = HttpOptions.defaults();
        for (String line : headers) {
            int colon = line.indexOf(':');
            http = http.header(
                    line.substring(0, colon).trim(), line.substring(colon + 1).trim());
        }
        return http;
    }

    /**
     * For another JVM of this program; not for reports, since it has all of the address and the headers.
     *
     * @return members that {@link #fromJson} understands
     */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        if (isRemote()) {
            json.addProperty("uri", uri.toString());
            JsonArray lines = new JsonArray();
            headers.forEach(lines::add);
            json.add("headers", lines);
        } else {
            json.addProperty("path", path.toAbsolutePath().toString());
        }
        return json;
    }

    /**
     * From another JVM of this program.
     *
     * @param json as {@link #toJson} makes it
     * @return the location
     */
    public static Location fromJson(JsonObject json) {
        if (json.has("path")) {
            return of(Path.of(json.get("path").getAsString()));
        }
        List<String> lines = new ArrayList<>();
        json.getAsJsonArray("headers").forEach(line -> lines.add(line.getAsString()));
        return of(URI.create(json.get("uri").getAsString())).headers(lines);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Location that
                && Objects.equals(path, that.path)
                && Objects.equals(uri, that.uri)
                && headers.equals(that.headers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, uri, headers);
    }

    /** Its name. */
    @Override
    public String toString() {
        return name();
    }
}
