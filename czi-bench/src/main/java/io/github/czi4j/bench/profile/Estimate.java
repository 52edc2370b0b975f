package io.github.czi4j.bench.profile;

import io.github.czi4j.CziReader;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.SubblockInfo;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What loading every subblock of the file would take, one after the other on one thread: for each compression the time
 * of the sampled tiles over their bytes, times the bytes of all subblocks of that compression. A subblock's bytes are the
 * distance to the next one in the file, for the sample and for the file alike, since the directory does not say them;
 * at most the decoded size and a little, so that what else lies between is not counted.
 *
 * @param seconds most likely time
 * @param low lower end of the bootstrap 95 % interval, from the spread of the sampled tiles
 * @param high upper end
 * @param subblocks all of the file, all planes and pyramid layers
 * @param bytes all of them together
 * @param sampled tiles that it rests on
 * @param unsampled compressions that the sample has not, and which were given its mean rate
 */
public record Estimate(
        double seconds, double low, double high, int subblocks, long bytes, int sampled, List<String> unsampled) {
    private static final int ENOUGH = 10;

    private static final int RESAMPLES = 1000;
    private static final long SEED = 42;
    /** Room for a subblock's header, XML and padding. */
    private static final long SLACK = 1 << 16;

    /**
     * Estimates.
     *
     * @param reader the file
     * @param pass a steady pass, with at least one tile
     * @return the estimate
     */
    static Estimate of(CziReader reader, Pass pass) {
        int count = reader.subblockCount();
        long[] positions = new long[count];
        for (int i = 0; i < count; i++) {
            positions[i] = reader.subblockInfo(i).filePosition();
        }
        Arrays.sort(positions);
        Map<Compression, Long> bytes = new EnumMap<>(Compression.class);
        long fileSize = reader.fileInfo().size();
        for (int i = 0; i < count; i++) {
            SubblockInfo info = reader.subblockInfo(i);
            bytes.merge(info.compression(), size(info, positions, fileSize), Long::sum);
        }
        // Planning, allocating and the like belong to the tiles: spread them over them.
        long tileNanos = pass.tiles().stream().mapToLong(TileTime::nanos).sum();
        double factor = tileNanos == 0 ? 1 : (double) (pass.wallNanos() - pass.fixedNanos()) / tileNanos;
        Map<Compression, double[][]> samples = new HashMap<>(pass.tiles().stream()
                .collect(Collectors.groupingBy(
                        tile -> reader.subblockInfo(tile.subblock()).compression(),
                        Collectors.collectingAndThen(
                                Collectors.toList(),
                                tiles -> tiles.stream()
                                        .map(tile -> new double[] {
                                            tile.nanos() * factor / 1e9,
                                            size(reader.subblockInfo(tile.subblock()), positions, fileSize)
                                        })
                                        .toArray(double[][]::new)))));
        double fixed = pass.fixedNanos() / 1e9;
        double[] bootstrap = new double[RESAMPLES];
        Random random = new Random(SEED);
        for (int i = 0; i < RESAMPLES; i++) {
            bootstrap[i] = fixed + total(samples, bytes, random);
        }
        Arrays.sort(bootstrap);
        TreeSet<String> unsampled = new TreeSet<>();
        bytes.keySet().stream().filter(kind -> !samples.containsKey(kind)).forEach(kind -> unsampled.add(kind.label()));
        return new Estimate(
                fixed + total(samples, bytes, null),
                bootstrap[(int) (0.025 * RESAMPLES)],
                bootstrap[(int) (0.975 * RESAMPLES)],
                count,
                bytes.values().stream().mapToLong(Long::longValue).sum(),
                pass.tiles().size(),
                List.copyOf(unsampled));
    }

    /**
     * Whether there were enough tiles for {@link #low()} and {@link #high()} to mean something.
     *
     * @return false below ten
     */
    public boolean hasInterval() {
        return sampled >= ENOUGH;
    }

    private static long size(SubblockInfo info, long[] positions, long fileSize) {
        int at = Arrays.binarySearch(positions, info.filePosition());
        // Damaged directories name one position twice.
        while (at + 1 < positions.length && positions[at + 1] == positions[at]) {
            at++;
        }
        long next = at + 1 < positions.length ? positions[at + 1] : fileSize;
        return Math.max(1, Math.min(next - info.filePosition(), info.decodedBytes() + SLACK));
    }

    /** Time of all bytes, by the sampled tiles as they are, or by as many drawn from them at random. */
    private static double total(Map<Compression, double[][]> samples, Map<Compression, Long> bytes, Random random) {
        double seconds = 0;
        double unsampledBytes = 0;
        double allSeconds = 0;
        double allBytes = 0;
        for (Map.Entry<Compression, Long> entry : bytes.entrySet()) {
            double[][] tiles = samples.get(entry.getKey());
            if (tiles == null) {
                unsampledBytes += entry.getValue();
                continue;
            }
            double taken = 0;
            double read = 0;
            for (int i = 0; i < tiles.length; i++) {
                double[] tile = tiles[random == null ? i : random.nextInt(tiles.length)];
                taken += tile[0];
                read += tile[1];
            }
            seconds += taken / read * entry.getValue();
            allSeconds += taken;
            allBytes += read;
        }
        return allBytes == 0 ? seconds : seconds + allSeconds / allBytes * unsampledBytes;
    }
}
