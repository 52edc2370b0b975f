package io.github.czi4j.cli;

import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.io.HttpByteSource;
import io.github.czi4j.io.HttpOptions;
import io.github.czi4j.model.CziException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The file that a command is about: its path, or its address behind http or https. */
final class FileArgument {
    @Parameters(index = "0", paramLabel = "FILE", description = "A CZI file, or its http(s) address.")
    private String file;

    @Option(
            names = "--header",
            paramLabel = "'NAME: VALUE'",
            description = "Sent with each request for an http(s) address, for instance an Authorization.")
    private List<String> headers = new ArrayList<>();

    boolean isRemote() {
        return file.regionMatches(true, 0, "http://", 0, 7) || file.regionMatches(true, 0, "https://", 0, 8);
    }

    /** Where it is on this machine. */
    Path path() {
        if (isRemote()) {
            throw new IllegalArgumentException(fullName() + ": only a CZI file can be read from an http(s) address");
        }
        return file.regionMatches(true, 0, "file:/", 0, 6) ? Path.of(uri()) : Path.of(file);
    }

    /** Its address behind http or https. */
    URI uri() {
        try {
            return URI.create(file);
        } catch (IllegalArgumentException e) {
            // Without what was typed, in which a signature may be.
            throw new IllegalArgumentException("the address of the file is not valid: blanks and the like are written"
                    + " as %20, and a shell wants it in quotes");
        }
    }

    /** How it is read from afar. */
    HttpOptions http() {
        HttpOptions http = HttpOptions.defaults();
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("--header: expected 'NAME: VALUE'");
            }
            http = http.header(
                    header.substring(0, colon).trim(),
                    header.substring(colon + 1).trim());
        }
        return http;
    }

    /** The whole name, without what may be secret. */
    String fullName() {
        return isRemote() ? HttpByteSource.nameOf(uri()) : file;
    }

    /** What reports call it: the last part of its path. */
    String name() {
        if (isRemote()) {
            String full = fullName();
            return full.substring(full.lastIndexOf('/') + 1);
        }
        Path last = path().getFileName();
        return last == null ? file : last.toString();
    }

    CziReader open() throws CziException {
        return open(CziOptions.defaults());
    }

    CziReader open(CziOptions options) throws CziException {
        return isRemote() ? CziReader.open(uri(), options.http(http())) : CziReader.open(path(), options);
    }
}
