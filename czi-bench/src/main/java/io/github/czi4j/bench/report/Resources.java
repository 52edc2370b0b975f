package io.github.czi4j.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Files that the program brings along for its pages. */
public final class Resources {
    private static final String UPLOT = "META-INF/resources/webjars/uplot/1.6.30/";

    private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

    private Resources() {}

    /**
     * A text of this project.
     *
     * @param name relative to the package of reports
     * @return its contents
     */
    public static String text(String name) {
        return TEXTS.computeIfAbsent(name, key -> read(Resources.class.getResourceAsStream(key), key));
    }

    /**
     * A file of the chart library.
     *
     * @param name relative to its folder
     * @return its contents
     */
    public static String uplot(String name) {
        ClassLoader loader = Resources.class.getClassLoader();
        return TEXTS.computeIfAbsent(UPLOT + name, key -> read(loader.getResourceAsStream(key), key));
    }

    private static String read(InputStream stream, String name) {
        if (stream == null) {
            throw new IllegalStateException(name + " is missing from the program");
        }
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
