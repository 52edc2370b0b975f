package io.github.czi4j.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/metadata.md} and the model in step. */
class MetadataPageTest {
    private static final Pattern ROW = Pattern.compile("^\\| `([a-zA-Z.\\[\\]]+)` \\| [^|]+ \\|", Pattern.MULTILINE);

    @Test
    void everyValueHasARowAndEveryRowAValue() throws IOException {
        Path page = Path.of("..", "docs", "metadata.md");
        assertTrue(Files.isRegularFile(page), page + " is read from the folder of the module");
        TreeSet<String> told = new TreeSet<>();
        String text = Files.readString(page);
        Matcher matcher = ROW.matcher(text.substring(0, text.indexOf("## Scenes with what the directory knows")));
        while (matcher.find()) {
            told.add(matcher.group(1));
        }
        TreeSet<String> values = new TreeSet<>();
        collect("", DocumentMetadata.class, values);
        assertEquals(String.join("\n", values), String.join("\n", told));
    }

    private static void collect(String prefix, Class<?> record, Collection<String> paths) {
        for (RecordComponent component : record.getRecordComponents()) {
            String path = prefix + component.getName();
            Type type = component.getGenericType();
            while (type instanceof ParameterizedType parameterized) {
                path += parameterized.getRawType() == Optional.class ? "" : "[]";
                Type[] arguments = parameterized.getActualTypeArguments();
                type = arguments[arguments.length - 1];
            }
            if (type instanceof Class<?> inner && inner.isRecord()) {
                collect(path + ".", inner, paths);
            } else {
                paths.add(path);
            }
        }
    }
}
