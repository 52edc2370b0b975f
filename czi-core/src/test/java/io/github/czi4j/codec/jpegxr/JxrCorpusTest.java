package io.github.czi4j.codec.jpegxr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.czi4j.testing.Corpus;
import io.github.czi4j.testing.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every stream of the corpus, held against what the reference decoders make of it. */
class JxrCorpusTest {

    static Stream<String> streams() {
        return Corpus.dir().stream().flatMap(dir -> Stream.of("jxr", "jxr-zen").flatMap(folder -> lines(dir, folder)));
    }

    private static Stream<String> lines(Path dir, String folder) {
        try {
            return Files.readAllLines(dir.resolve(folder).resolve("index.jsonl")).stream()
                    .map(line -> folder + " " + line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(allowZeroInvocations = true, name = "{index}")
    @MethodSource("streams")
    void isExactToTheBit(String entry) throws IOException {
        String folder = entry.substring(0, entry.indexOf(' '));
        JsonObject expected =
                JsonParser.parseString(entry.substring(folder.length() + 1)).getAsJsonObject();
        String name = expected.get("file").getAsString();
        Path file = Corpus.require(folder + "/" + name);
        JxrImage image = JxrDecoder.decode(Files.readAllBytes(file), JxrOptions.defaults());
        assertEquals(expected.get("width").getAsInt(), image.width(), name);
        assertEquals(expected.get("height").getAsInt(), image.height(), name);
        assertEquals(expected.get("pixel_format").getAsString(), image.format().label(), name);
        assertEquals(expected.get("md5").getAsString(), Digests.md5(image.samples()), name);
    }

    /** The vector code and its plain twin, by category; what a decoder worked on before does not show. */
    @Test
    void allWaysGiveTheSameInEachCategory() throws IOException {
        Corpus.require("jxr/index.jsonl");
        Map<String, Integer> exact = new TreeMap<>();
        JxrDecoder decoder = new JxrDecoder();
        for (String entry : streams().toList()) {
            String folder = entry.substring(0, entry.indexOf(' '));
            JsonObject expected =
                    JsonParser.parseString(entry.substring(folder.length() + 1)).getAsJsonObject();
            String name = expected.get("file").getAsString();
            byte[] file = Files.readAllBytes(Corpus.require(folder + "/" + name));
            String md5 = expected.get("md5").getAsString();
            JxrOptions options = JxrOptions.defaults();
            JxrImage plain = JxrDecoder.decode(file, file.length, options, true, null);
            assertEquals(md5, Digests.md5(plain.samples()), name);
            JxrImage next = decoder.decodeNext(file, file.length, options);
            assertEquals(md5, Digests.md5(next.samples()), name);
            JxrImage again = decoder.decodeNext(file, file.length, options);
            assertArrayEquals(next.samples(), again.samples(), name);
            String category =
                    expected.has("category") ? expected.get("category").getAsString() : folder;
            exact.merge(category, 1, Integer::sum);
        }
        System.out.println("JPEG XR, exact by category: " + exact);
        assertEquals(487, exact.values().stream().mapToInt(Integer::intValue).sum(), exact.toString());
    }
}
