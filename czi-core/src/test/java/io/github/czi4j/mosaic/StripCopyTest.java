package io.github.czi4j.mosaic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.czi4j.model.Rect;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StripCopyTest {
    /** Tiles of 100² pixels whose columns and rows are given by digits. */
    private static List<PlannedTile> tiles(int... columnsAndRows) {
        return IntStream.of(columnsAndRows)
                .mapToObj(place -> new Rect(place / 10 * 90, place % 10 * 90, 100, 100))
                .map(place -> new PlannedTile(0, place, List.of(place), null, null))
                .toList();
    }

    @Test
    void aPartEndsWhereARowOfTilesEnds() {
        assertArrayEquals(new int[] {0, 3, 6}, StripCopy.starts(tiles(0, 10, 20, 1, 11, 21), 16));
        assertArrayEquals(new int[] {0, 3, 6}, StripCopy.starts(tiles(0, 10, 20, 21, 11, 1), 16));
    }

    @Test
    void noPartHasMoreTilesThanAWorkerTakes() {
        assertArrayEquals(new int[] {0, 2, 4, 5}, StripCopy.starts(tiles(0, 10, 20, 30, 40), 2));
    }

    @Test
    void tilesThatLieOneBelowTheOtherAreParts() {
        assertArrayEquals(new int[] {0, 1, 2}, StripCopy.starts(tiles(0, 1), 16));
        assertArrayEquals(new int[] {0}, StripCopy.starts(tiles(), 16));
    }

    @Test
    void rowsThatAreNotLevelAreRows() {
        List<PlannedTile> tiles = IntStream.range(0, 5)
                .mapToObj(i -> new Rect(90 * i, i * 7 % 5, 100, 100))
                .map(place -> new PlannedTile(0, place, List.of(place), null, null))
                .toList();
        assertArrayEquals(new int[] {0, 5}, StripCopy.starts(tiles, 16));
    }
}
