package io.github.czi4j.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecimenTest {
    private static final int SIDE = 500;

    /** What a tile shows of the specimen may not depend on where the tile begins, or overlaps would not match. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aWindowShowsTheSameAsTheWhole(int channel) {
        SampleRecipe recipe = SampleRecipe.defaults().dimensions(3, 3, 40, 1);
        Specimen specimen = new Specimen(recipe, 0, 39, channel, 0);
        float[] whole = new float[SIDE * SIDE];
        specimen.draw(whole, -200, -100, SIDE, SIDE);
        double sum = 0;
        int width = 37;
        int height = 29;
        for (int top = 0; top + height <= SIDE; top += height) {
            for (int left = 0; left + width <= SIDE; left += width) {
                float[] window = new float[width * height];
                specimen.draw(window, left - 200, top - 100, width, height);
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        assertEquals(whole[(top + y) * SIDE + left + x], window[y * width + x]);
                        sum += window[y * width + x];
                    }
                }
            }
        }
        assertTrue(sum > 1000, "the window is almost empty: " + sum);
    }
}
