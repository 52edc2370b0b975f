package io.github.czi4j.bench.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.czi4j.CziReader;
import io.github.czi4j.sample.SampleRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TemporarySampleTest {

    @Test
    void itIsThereAndGoesAway() throws IOException {
        Path file;
        SampleRecipe recipe = SampleRecipe.defaults().grid(2, 1).tile(8, 8, 0);
        try (TemporarySample sample = TemporarySample.make(recipe)) {
            file = sample.file();
            try (CziReader reader = CziReader.open(file)) {
                assertEquals(2, reader.subblockCount());
            }
        }
        assertFalse(Files.exists(file.getParent()));
    }
}
