package io.github.czi4j.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final double[] BASE = {1.0, 1.01, 0.99, 1.02, 0.98, 1.0, 1.01};

    @Test
    void slowerFasterAndUndecided() {
        JsonObject first = result("a", BASE, "b", BASE, "c", BASE);
        JsonObject second = result("a", times(1.2), "b", times(0.8), "c", times(1.001));
        Comparison comparison = Comparison.of(first, second);
        assertEquals(Comparison.Outcome.SLOWER, comparison.pairs().get(0).outcome());
        assertEquals(1.2, comparison.pairs().get(0).ratio().median(), 1e-9);
        assertEquals(Comparison.Outcome.FASTER, comparison.pairs().get(1).outcome());
        assertEquals(
                Comparison.Outcome.NO_DIFFERENCE_SHOWN,
                comparison.pairs().get(2).outcome());
        assertEquals(List.of("a"), comparison.slowerThan(0.05));
        // The interval reaches below 25 % although the median might not.
        assertEquals(List.of(), comparison.slowerThan(0.25));
        assertEquals(List.of(), comparison.differences());
        assertFalse(comparison.pixelsDiffer());
    }

    @Test
    void fewSamplesDecideNothing() {
        Comparison comparison =
                Comparison.of(result("a", new double[] {1, 1.01, 1.02}), result("a", new double[] {2, 2.01, 2.02}));
        assertEquals(
                Comparison.Outcome.NO_DIFFERENCE_SHOWN,
                comparison.pairs().get(0).outcome());
        assertEquals(List.of(), comparison.slowerThan(0.05));
    }

    @Test
    void whatIsNotInBothIsNamed() {
        Comparison comparison = Comparison.of(result("a", BASE, "b", BASE), result("b", BASE, "c", BASE));
        assertEquals(List.of("a"), comparison.onlyInFirst());
        assertEquals(List.of("c"), comparison.onlyInSecond());
        assertEquals(1, comparison.pairs().size());
    }

    @Test
    void anotherMachineAnotherFileAndOtherPixelsAreCalledOut() {
        JsonObject first = result("a", BASE);
        JsonObject second = result("a", BASE);
        second.getAsJsonObject("environment").addProperty("cpuModel", "abacus");
        second.addProperty("partial", true);
        assertEquals(
                List.of("environment.cpuModel: quill, then abacus", "the second was interrupted"),
                Comparison.of(first, second).differences());

        JsonObject other = result("a", BASE);
        other.getAsJsonArray("configurations").get(0).getAsJsonObject().addProperty("outputHash", "sha256:other");
        assertTrue(Comparison.of(first, other).pixelsDiffer());
        other.getAsJsonObject("file").addProperty("bytes", 5);
        Comparison comparison = Comparison.of(first, other);
        assertFalse(comparison.pixelsDiffer(), "of another file they may");
        assertEquals(List.of("file.bytes: 4, then 5"), comparison.differences());
    }

    @Test
    void whatIsNoResultIsRefused() {
        JsonObject profile = result("a", BASE);
        profile.addProperty("kind", "profile");
        JsonObject newer = result("a", BASE);
        newer.addProperty("formatVersion", 2);
        JsonObject broken = result("a", BASE);
        broken.addProperty("configurations", "none");
        JsonObject negative = result("a", new double[] {1, -1});
        for (JsonObject bad : List.of(new JsonObject(), profile, newer, broken, negative)) {
            assertThrows(IllegalArgumentException.class, () -> Comparison.of(result("a", BASE), bad));
        }
    }

    private static double[] times(double factor) {
        double[] result = BASE.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] *= factor;
        }
        return result;
    }

    private static JsonObject result(Object... namesAndSeconds) {
        JsonObject json = new JsonObject();
        json.addProperty("formatVersion", 1);
        json.addProperty("kind", "benchmark");
        json.addProperty("partial", false);
        JsonObject environment = new JsonObject();
        environment.addProperty("cpuModel", "quill");
        json.add("environment", environment);
        JsonObject file = new JsonObject();
        file.addProperty("bytes", 4);
        json.add("file", file);
        JsonArray configurations = new JsonArray();
        for (int i = 0; i < namesAndSeconds.length; i += 2) {
            JsonObject one = new JsonObject();
            one.addProperty("name", (String) namesAndSeconds[i]);
            one.addProperty("outputHash", "sha256:same");
            JsonArray samples = new JsonArray();
            double[] seconds = (double[]) namesAndSeconds[i + 1];
            for (int k = 0; k < seconds.length; k++) {
                JsonObject sample = new JsonObject();
                sample.addProperty("fork", k);
                sample.addProperty("seconds", seconds[k]);
                samples.add(sample);
            }
            one.add("samples", samples);
            configurations.add(one);
        }
        json.add("configurations", configurations);
        return json;
    }
}
