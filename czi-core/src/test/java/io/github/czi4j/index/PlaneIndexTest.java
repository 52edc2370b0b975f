package io.github.czi4j.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.czi4j.io.MemoryByteSource;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.Rect;
import io.github.czi4j.testing.TestCzi;
import io.github.czi4j.testing.TestCzi.Tile;
import io.github.czi4j.zisraw.FileHeader;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlaneIndexTest {

    private static SubblockDirectory directory(TestCzi czi) throws CziException {
        MemoryByteSource source = new MemoryByteSource("test.czi", czi.bytes());
        return SubblockDirectory.read(source, FileHeader.read(source).directoryPosition(), Long.MAX_VALUE);
    }

    @Test
    void queriesFindWhatALinearSearchFinds() throws CziException {
        for (long seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            // Around the node size of 16, and with one, two and three levels.
            int[] counts = {1, 15, 16, 17, 255, 256, 257, 4097};
            int count = counts[(int) (seed % counts.length)];
            TestCzi czi = new TestCzi();
            for (int i = 0; i < count; i++) {
                int side = 1 + random.nextInt(50);
                int scale = 1 << random.nextInt(3);
                Tile tile = TestCzi.gray8(random.nextInt(2000) - 1000, random.nextInt(2000) - 1000, 1, 1, 0);
                czi.add(new ScaledTile(tile, side, scale).tile());
            }
            SubblockDirectory directory = directory(czi);
            PlaneIndex index = directory.planes().index(0);
            assertEquals(count, index.size());
            for (int q = 0; q < 50; q++) {
                Rect region = new Rect(
                        random.nextInt(2400) - 1200,
                        random.nextInt(2400) - 1200,
                        1 + random.nextInt(400),
                        1 + random.nextInt(400));
                float minZoom = new float[] {0, 0.3f, 0.5f, 0.9f}[random.nextInt(4)];
                float maxZoom = new float[] {0.4f, 0.95f, Float.POSITIVE_INFINITY}[random.nextInt(3)];
                IntStream.Builder found = IntStream.builder();
                index.query(region, minZoom, maxZoom, found::add);
                int[] expected = IntStream.range(0, count)
                        .filter(row -> directory.logical(row).intersects(region))
                        .filter(row -> directory.zoom(row) >= minZoom && directory.zoom(row) < maxZoom)
                        .toArray();
                assertArrayEquals(expected, found.build().sorted().toArray(), "seed " + seed + ", region " + region);
                double lowest = Arrays.stream(expected)
                        .filter(row -> row % 3 != 0)
                        .mapToDouble(directory::zoom)
                        .min()
                        .orElse(Double.POSITIVE_INFINITY);
                if (maxZoom == Float.POSITIVE_INFINITY) {
                    assertEquals(lowest, index.lowestZoom(region, minZoom, row -> row % 3 != 0), "seed " + seed);
                }
            }
        }
    }

    /** A tile of one stored pixel would be a fiction: only the directory is looked at here. */
    private record ScaledTile(Tile origin, int side, int scale) {
        Tile tile() {
            return origin.logical(side * scale, side * scale).stored(side, side);
        }
    }

    @Test
    void planesAreToldApartByAllDimensionsButScene() throws CziException {
        TestCzi czi = new TestCzi();
        List<String> coordinates = List.of("C0Z0S0", "C1Z0S0", "C0Z1S0", "C0Z0S1", "C0Z0S0", "C0", "Z0", "C0Z0H3", "");
        for (String coordinate : coordinates) {
            czi.add(TestCzi.gray8(0, 0, 4, 4, 0).at(coordinate));
        }
        SubblockDirectory directory = directory(czi);
        PlaneTable planes = directory.planes();
        assertEquals(7, planes.size());
        assertEquals(3, planes.subblockCount(0));
        assertEquals(Coordinate.parse("C0Z0"), planes.coordinate(0));
        assertEquals(4, matches(planes, "C0Z0"));
        assertEquals(6, matches(planes, "C0"));
        assertEquals(9, matches(planes, ""));
        assertEquals(1, matches(planes, "H3"));
        assertEquals(0, matches(planes, "C7"));
        assertEquals(0, matches(planes, "C0T0"));
    }

    private static int matches(PlaneTable planes, String request) {
        return planes.matching(Coordinate.parse(request)).stream()
                .mapToInt(PlaneIndex::size)
                .sum();
    }

    @Test
    void manyPlanesOfOneTileEachAreFoundByTheirIndices() throws CziException {
        TestCzi czi = new TestCzi();
        for (int t = 0; t < 500; t++) {
            for (int z = 0; z < 7; z++) {
                czi.add(TestCzi.gray8(t, z, 1, 1, 0).at("T" + (t * 3 - 700) + "Z" + z));
            }
        }
        SubblockDirectory directory = directory(czi);
        assertEquals(3500, directory.planes().size());
        List<PlaneIndex> found = directory.planes().matching(Coordinate.parse("T8Z5"));
        assertEquals(1, found.size());
        IntStream.Builder rows = IntStream.builder();
        found.get(0).query(new Rect(-10_000, -10_000, 20_000, 20_000), 0, 2, rows::add);
        int[] row = rows.build().toArray();
        assertEquals(1, row.length);
        assertEquals(8, directory.index(row[0], Dimension.T));
        assertEquals(5, directory.index(row[0], Dimension.Z));
    }

    @Test
    void theHilbertCurveVisitsEachCellOnceAndStepsToNeighbours() {
        int side = 64;
        int[] xs = new int[side * side];
        int[] ys = new int[side * side];
        Arrays.fill(xs, -1);
        for (int x = 0; x < side; x++) {
            for (int y = 0; y < side; y++) {
                int at = (int) IndexMath.hilbert(x, y);
                assertEquals(-1, xs[at]);
                xs[at] = x;
                ys[at] = y;
            }
        }
        for (int i = 1; i < xs.length; i++) {
            assertEquals(1, Math.abs(xs[i] - xs[i - 1]) + Math.abs(ys[i] - ys[i - 1]));
        }
    }
}
