package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/coverage.md claims is kept by tests that exist. */
class CoveragePageTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGE = ROOT.resolve("docs/coverage.md");

    private static Set<String> testClasses() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String module : List.of("czi-core", "czi-bench", "czi-cli")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                names.addAll(files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith("Test.java"))
                        .map(name -> name.substring(0, name.length() - ".java".length()))
                        .collect(Collectors.toSet()));
            }
        }
        return names;
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Set<String> missing = new TreeSet<>();
        Matcher name = Pattern.compile("`(\\w+Test)`").matcher(Files.readString(PAGE));
        int named = 0;
        Set<String> existing = testClasses();
        while (name.find()) {
            named++;
            if (!existing.contains(name.group(1))) {
                missing.add(name.group(1));
            }
        }
        assertEquals(Set.of(), missing);
        assertTrue(named > 50, named + " names of tests were found on the page");
    }

    /** The comparison with other readers: no claim of ours without a test, except where we say no. */
    @Test
    void everyClaimLinksATest() throws IOException {
        int claims = 0;
        Pattern link = Pattern.compile("\\[\\w+Test\\]\\((\\.\\./[\\w/.-]+)\\)$");
        boolean isComparison = false;
        for (String line : Files.readAllLines(PAGE)) {
            isComparison |= line.startsWith("## Beside other readers");
            String[] cells = line.split(" \\| ?");
            if (!isComparison || cells.length < 8 || cells[1].equals("czi4j") || cells[1].equals("no")) {
                continue;
            }
            Matcher test = link.matcher(cells[1]);
            assertTrue(test.find(), line);
            Path target = PAGE.getParent().resolve(test.group(1)).normalize();
            assertTrue(Files.isRegularFile(target), target.toString());
            claims++;
        }
        assertTrue(claims > 50, claims + " claims were found on the page");
    }
}
