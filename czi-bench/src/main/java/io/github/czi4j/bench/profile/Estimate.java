package io.github.czi4j.bench.profile;

import io.github.czi4j.CziReader;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.SubblockInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/**
 * What loading every subblock of the file would take with the same threads: for each stratum of subblocks the time of the
 * sampled tiles over their bytes, times the bytes of all subblocks of the stratum. A stratum with fewer than three sampled
 * tiles takes those of its compression, and one whose compression was not sampled takes all. The interval is a bootstrap
 * that draws tiles anew within each stratum.
 *
 * @param seconds most likely time
 * @param low lower end of the bootstrap 95 % interval, from the spread of the sampled tiles
 * @param high upper end
 * @param subblocks all of the file, all planes and pyramid layers
 * @param bytes all of them together
 * @param sampled tiles that it rests on
 * @param threads at work
 * @param unsampled compressions that the sample has not, and which were given its mean rate
 */
public record Estimate(
        double seconds,
        double low,
        double high,
        int subblocks,
        long bytes,
        int sampled,
        int threads,
        List<String> unsampled) {
    private static final int ENOUGH = 10;
    private static final int ENOUGH_OF_STRATUM = 3;

    private static final int RESAMPLES = 1000;
    private static final long SEED = 42;

    private record Tile(double seconds, double bytes) {}

    /** Tiles that stand for bytes of the file. */
    private record Part(List<Tile> tiles, double bytes) {
        double seconds(Random random) {
            double seconds = 0;
            double read = 0;
            for (int i = 0; i < tiles.size(); i++) {
                Tile tile = tiles.get(random == null ? i : random.nextInt(tiles.size()));
                seconds += tile.seconds();
                read += tile.bytes();
            }
            return seconds / read * bytes;
        }
    }

    /**
     * Estimates.
     *
     * @param reader the file
     * @param pass a steady pass, with at least one tile
     * @return the estimate
     */
    static Estimate of(CziReader reader, Pass pass) {
        StoredSizes sizes = new StoredSizes(reader);
        Map<Stratum, Double> bytes = new HashMap<>();
        int count = reader.subblockCount();
        for (int i = 0; i < count; i++) {
            SubblockInfo info = reader.subblockInfo(i);
            bytes.merge(sizes.stratum(info), (double) sizes.of(info), Double::sum);
        }
        // Planning, allocating and the like belong to the tiles: spread them over them. Idle threads do so too.
        long tileNanos = pass.tiles().stream().mapToLong(TileTime::nanos).sum();
        long withTiles = pass.elapsedNanos() - pass.fixedNanos();
        double factor = tileNanos == 0 ? 1 : (double) withTiles / tileNanos;
        List<Tile> all = new ArrayList<>();
        Map<Stratum, List<Tile>> byStratum = new HashMap<>();
        Map<Compression, List<Tile>> byCompression = new HashMap<>();
        for (TileTime time : pass.tiles()) {
            SubblockInfo info = reader.subblockInfo(time.subblock());
            Tile tile = new Tile(time.nanos() * factor / 1e9, sizes.of(info));
            all.add(tile);
            byStratum
                    .computeIfAbsent(sizes.stratum(info), stratum -> new ArrayList<>())
                    .add(tile);
            byCompression
                    .computeIfAbsent(info.compression(), compression -> new ArrayList<>())
                    .add(tile);
        }
        List<Part> parts = new ArrayList<>();
        TreeSet<String> unsampled = new TreeSet<>();
        bytes.forEach((stratum, sum) -> {
            List<Tile> own = byStratum.getOrDefault(stratum, List.of());
            List<Tile> alike = byCompression.getOrDefault(stratum.compression(), List.of());
            if (alike.isEmpty()) {
                unsampled.add(stratum.compression().label());
            }
            parts.add(new Part(own.size() >= ENOUGH_OF_STRATUM ? own : alike.isEmpty() ? all : alike, sum));
        });
        double fixed = pass.fixedNanos() / 1e9;
        double[] bootstrap = new double[RESAMPLES];
        Random random = new Random(SEED);
        for (int i = 0; i < RESAMPLES; i++) {
            bootstrap[i] = fixed + total(parts, random);
        }
        Arrays.sort(bootstrap);
        return new Estimate(
                fixed + total(parts, null),
                bootstrap[(int) (0.025 * RESAMPLES)],
                bootstrap[(int) (0.975 * RESAMPLES)],
                count,
                (long) bytes.values().stream().mapToDouble(Double::doubleValue).sum(),
                all.size(),
                pass.threads(),
                List.copyOf(unsampled));
    }

    /** Time of all bytes, by the sampled tiles as they are, or by as many drawn from them at random. */
    private static double total(List<Part> parts, Random random) {
        return parts.stream().mapToDouble(part -> part.seconds(random)).sum();
    }

    /**
     * Whether there were enough tiles for {@link #low()} and {@link #high()} to mean something.
     *
     * @return false below ten
     */
    public boolean hasInterval() {
        return sampled >= ENOUGH;
    }
}
