package io.github.czi4j.io;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.Objects;

/**
 * What tells one state of a remote file from another.
 *
 * @param size bytes
 * @param etag as the server sent it; null if it sent none
 * @param lastModified as the server sent it; null if it sent none
 */
record FileVersion(long size, String etag, String lastModified) {

    static FileVersion of(long size, HttpHeaders headers) {
        return new FileVersion(
                size,
                headers.firstValue("ETag").orElse(null),
                headers.firstValue("Last-Modified").orElse(null));
    }

    /** Asks for this state or none. A weak tag cannot be asked for (RFC 9110, 13.1.1); answers are compared anyhow. */
    void demand(HttpRequest.Builder request) {
        if (etag != null && etag.startsWith("\"")) {
            request.header("If-Match", etag);
        } else if (lastModified != null) {
            request.header("If-Unmodified-Since", lastModified);
        }
    }

    /** How another state differs; null if nothing tells them apart. */
    String difference(FileVersion other) {
        if (size != other.size) {
            return "its size was " + size + " and is " + other.size;
        }
        if (!Objects.equals(etag, other.etag)) {
            return "its ETag was " + etag + " and is " + other.etag;
        }
        return Objects.equals(lastModified, other.lastModified)
                ? null
                : "it was last modified " + lastModified + ", and is now " + other.lastModified;
    }
}
