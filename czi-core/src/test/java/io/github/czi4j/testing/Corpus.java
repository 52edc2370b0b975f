package io.github.czi4j.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Where the test files are that the project cannot ship. Tests that need them are skipped without. */
public final class Corpus {
    private static final String PROPERTY = "czi4j.corpus";
    private static final String VARIABLE = "CZI4J_CORPUS";

    private Corpus() {}

    /**
     * The folder: named by the system property {@code czi4j.corpus} or the variable {@code CZI4J_CORPUS}, else
     * {@code shared/corpus} in or beside a parent of the working directory.
     *
     * @return the folder, empty if there is none
     */
    public static Optional<Path> dir() {
        String named = System.getProperty(PROPERTY, "");
        if (named.isBlank() || named.startsWith("${")) { // Maven passes an unset property on by its name
            named = System.getenv().getOrDefault(VARIABLE, "");
        }
        if (!named.isBlank()) {
            return Optional.of(Path.of(named)).filter(Files::isDirectory);
        }
        for (Path parent = Path.of("").toAbsolutePath(); parent != null; parent = parent.getParent()) {
            Path corpus = parent.resolve("shared").resolve("corpus");
            if (Files.isDirectory(corpus)) {
                return Optional.of(corpus);
            }
        }
        return Optional.empty();
    }

    /**
     * A file of the corpus. Aborts the test if it is not there.
     *
     * @param relative path below the folder, with slashes
     * @return the file
     */
    public static Path require(String relative) {
        Optional<Path> dir = dir();
        Assumptions.assumeTrue(dir.isPresent(), () -> "no corpus, so no " + relative + " (set " + PROPERTY + ")");
        Path file = dir.get().resolve(relative);
        Assumptions.assumeTrue(Files.isRegularFile(file), () -> "the corpus has no " + relative);
        return file;
    }
}
