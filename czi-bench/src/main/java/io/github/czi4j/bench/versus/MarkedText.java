package io.github.czi4j.bench.versus;

import io.github.czi4j.bench.console.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Documents of which a part is written by a program: between the lines {@code <!-- NAME:begin -->} and
 * {@code <!-- NAME:end -->}. All else is left as it is.
 */
final class MarkedText {
    private MarkedText() {}

    /**
     * Puts standard input into a document.
     *
     * @param arguments the file, and the name of its part
     * @throws IOException if the file has no such part, or cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        replace(Path.of(arguments[0]), arguments[1], new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
    }

    /**
     * Puts text into a document.
     *
     * @param document the file
     * @param name of the part
     * @param text what it shall say
     * @throws IOException if the file has no such part, or cannot be written
     */
    static void replace(Path document, String name, String text) throws IOException {
        String before = Files.readString(document, StandardCharsets.UTF_8);
        String after = replaced(before, name, text);
        if (after == null) {
            throw new IOException(document + ": expected the lines " + begin(name) + " and " + end(name));
        }
        WholeFile.write(document, part -> Files.writeString(part, after, StandardCharsets.UTF_8));
    }

    /** The document with another part; null if it has none of that name. */
    static String replaced(String document, String name, String text) {
        int begin = document.indexOf(begin(name));
        int end = document.indexOf(end(name), Math.max(0, begin));
        if (begin < 0 || end < 0) {
            return null;
        }
        return document.substring(0, begin + begin(name).length()) + "\n" + text.strip() + "\n"
                + document.substring(end);
    }

    private static String begin(String name) {
        return "<!-- " + name + ":begin -->";
    }

    private static String end(String name) {
        return "<!-- " + name + ":end -->";
    }
}
