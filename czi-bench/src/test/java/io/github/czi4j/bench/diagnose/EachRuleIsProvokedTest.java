package io.github.czi4j.bench.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** No rule is there that nobody has seen at work: each has a test that makes its trouble. */
class EachRuleIsProvokedTest {
    private static Map<String, List<Method>> provoked() throws IOException, URISyntaxException {
        Class<?> here = EachRuleIsProvokedTest.class;
        Path folder = Path.of(here.getResource(here.getSimpleName() + ".class").toURI())
                .getParent();
        Map<String, List<Method>> tests = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.matches("\\w+Test\\.class")) {
                    add(here.getPackageName() + "." + name.substring(0, name.length() - ".class".length()), tests);
                }
            }
        }
        return tests;
    }

    private static void add(String name, Map<String, List<Method>> tests) {
        try {
            for (Method method : Class.forName(name).getDeclaredMethods()) {
                Provokes provokes = method.getAnnotation(Provokes.class);
                if (provokes != null) {
                    for (String rule : provokes.value()) {
                        tests.merge(
                                rule,
                                List.of(method),
                                (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
                    }
                }
            }
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void eachRuleHasATestThatProvokesIt() throws IOException, URISyntaxException {
        Map<String, List<Method>> tests = provoked();
        assertEquals(new TreeSet<>(Diagnosis.rules()), tests.keySet());
        tests.values().stream()
                .flatMap(List::stream)
                .forEach(method -> assertTrue(
                        method.isAnnotationPresent(Test.class) && !method.isAnnotationPresent(Disabled.class),
                        method + " is no test that runs"));
    }

    @Test
    void rulesHaveNamesOfTheirOwn() {
        assertEquals(Diagnosis.rules().size(), new TreeSet<>(Diagnosis.rules()).size());
    }
}
