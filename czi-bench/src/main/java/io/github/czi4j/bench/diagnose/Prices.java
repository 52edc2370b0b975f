package io.github.czi4j.bench.diagnose;

import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.CziWriter;
import io.github.czi4j.NewSubblock;
import io.github.czi4j.bench.profile.Estimate;
import io.github.czi4j.bench.profile.Pass;
import io.github.czi4j.bench.profile.Profile;
import io.github.czi4j.bench.profile.ProfileStage;
import io.github.czi4j.bench.profile.TileTime;
import io.github.czi4j.bench.report.Quantities;
import io.github.czi4j.bench.storage.TileRanges;
import io.github.czi4j.io.ByteSource;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.ByteRange;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tries remedies on a sample of a file: its bytes copied to a local folder and read there, its tiles stored in another
 * compression and loaded again. What comes of the sample is scaled to the whole file by stored bytes, or by pixels.
 */
public final class Prices {
    private static final int MAX_TILES = 24;
    private static final long MAX_BYTES = 128L << 20;
    private static final int MAX_READ = 8 << 20;
    /** The best of so many: what the machine does besides makes it slower, never faster. */
    private static final int REPEATS = 5;

    private static final long WARM_UP_NANOS = Duration.ofMillis(1500).toNanos();

    private final Path file;
    private final Profile profile;
    private final Estimate estimate;
    private final Path folder;

    private Prices(Path file, Profile profile, Path folder) {
        this.file = file;
        this.profile = profile;
        this.estimate = profile.estimate();
        this.folder = folder;
    }

    /**
     * Measures, for some seconds.
     *
     * @param file the file
     * @param profile of it
     * @return the prices; empty if no tile could be loaded
     * @throws IOException if the file cannot be read, or the local folder not be written
     */
    public static List<Price> measure(Path file, Profile profile) throws IOException {
        if (profile.estimate() == null) {
            return List.of();
        }
        Path folder = Files.createTempDirectory("czi-price-");
        try {
            return new Prices(file, profile, folder).measure();
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path part : files.toList()) {
                    Files.deleteIfExists(part);
                }
            }
            Files.deleteIfExists(folder);
        }
    }

    private record Tile(int index, NewSubblock subblock, byte[] pixels) {}

    private List<Price> measure() throws IOException {
        List<Price> prices = new ArrayList<>();
        // Not mapped: what is copied should not stay in the address space of whoever measures next.
        try (CziReader reader = CziReader.open(file, CziOptions.defaults().io(FileByteSource.Mode.CHANNEL))) {
            int[] sample = sample(reader);
            localCopy(reader, sample).ifPresent(prices::add);
            List<Tile> tiles = decode(reader, sample);
            if (!tiles.isEmpty()) {
                double now = loadSeconds(write(tiles, null, reader));
                for (Compression target : List.of(Compression.ZSTD1, Compression.UNCOMPRESSED)) {
                    boolean isSo = profile.infos().values().stream().allMatch(info -> info.compression() == target);
                    if (!isSo) {
                        prices.add(recompress(tiles, target, reader, now));
                    }
                }
            }
        }
        return prices;
    }

    /** Tiles of the profile, evenly spread, as many as fit. */
    private int[] sample(CziReader reader) {
        List<TileTime> all = profile.typical().tiles();
        int count = Math.min(MAX_TILES, all.size());
        List<Integer> chosen = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            int index = all.get((int) ((long) all.size() * i / count)).subblock();
            bytes += reader.subblockInfo(index).decodedBytes();
            if (i == 0 || bytes <= MAX_BYTES) {
                chosen.add(index);
            }
        }
        Collections.sort(chosen);
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    private Optional<Price> localCopy(CziReader reader, int[] sample) throws IOException {
        List<ByteRange> ranges = TileRanges.of(reader, sample);
        long bytes = ranges.stream().mapToLong(ByteRange::length).sum();
        if (bytes == 0) {
            return Optional.empty();
        }
        Path copy = folder.resolve("bytes");
        long begun = System.nanoTime();
        try (ByteSource source = FileByteSource.open(file, FileByteSource.Mode.CHANNEL);
                OutputStream out = Files.newOutputStream(copy)) {
            for (ByteRange range : ranges) {
                for (long at = range.position(); at < range.end(); at += MAX_READ) {
                    byte[] part = new byte[(int) Math.min(MAX_READ, range.end() - at)];
                    source.read(at, part, 0, part.length);
                    out.write(part);
                }
            }
        }
        double copying = (System.nanoTime() - begun) / 1e9;
        double local = Double.MAX_VALUE;
        for (int i = 0; i < REPEATS; i++) {
            local = Math.min(local, readSeconds(copy, ranges));
        }
        // What reading takes when the file is met for the first time, if that was seen, is what a copy would save.
        double here = Math.max(readShare(profile.first()), readShare(profile.typical())) * bytes;
        double scale = (double) estimate.bytes() / bytes;
        return Optional.of(new Price(
                "local-copy",
                "A copy on the local disk (" + folder.getParent() + ")",
                (here - local) * scale,
                reader.fileInfo().size(),
                // The first reading is part of it, though this one met bytes that are in memory by now.
                Math.max(copying, here) * reader.fileInfo().size() / bytes,
                List.of("Reading " + Quantities.bytes(bytes) + " of tiles takes " + Quantities.seconds(here)
                        + " where the file is, and " + Quantities.seconds(local) + " from a local copy that is in"
                        + " memory; copying them took " + Quantities.seconds(copying) + "."),
                "cp " + Evidence.quoted(file.toString()) + " " + Evidence.quoted(folder.getParent() + "/")));
    }

    /** Seconds that reading took for each byte. */
    private static double readShare(Pass pass) {
        long bytes = pass.tiles().stream().mapToLong(TileTime::storedBytes).sum();
        return bytes == 0 ? 0 : pass.nanos(ProfileStage.READ) / 1e9 / bytes / pass.threads();
    }

    private static double readSeconds(Path copy, List<ByteRange> ranges) throws CziException {
        try (ByteSource source = FileByteSource.open(copy, FileByteSource.Mode.CHANNEL)) {
            byte[] buffer = new byte[MAX_READ];
            long begun = System.nanoTime();
            long position = 0;
            for (ByteRange range : ranges) {
                for (long left = range.length(); left > 0; left -= MAX_READ) {
                    int length = (int) Math.min(MAX_READ, left);
                    source.read(position, buffer, 0, length);
                    position += length;
                }
            }
            return (System.nanoTime() - begun) / 1e9;
        }
    }

    private static List<Tile> decode(CziReader reader, int[] sample) {
        List<Tile> tiles = new ArrayList<>();
        for (int index : sample) {
            try {
                NewSubblock subblock = NewSubblock.of(
                                new Rect(
                                        0,
                                        0,
                                        reader.subblockInfo(index).storedWidth(),
                                        reader.subblockInfo(index).storedHeight()),
                                reader.subblockInfo(index).pixelType())
                        .m(tiles.size());
                tiles.add(new Tile(index, subblock, bytes(reader, index)));
            } catch (CziException | IllegalArgumentException e) {
                // The profile has told of tiles that cannot be loaded.
                continue;
            }
        }
        return tiles;
    }

    private static byte[] bytes(CziReader reader, int index) throws CziException {
        Pixels pixels = reader.subblock(index).read().pixels();
        ByteBuffer tight =
                ByteBuffer.allocate(Math.toIntExact(pixels.byteCount())).order(ByteOrder.LITTLE_ENDIAN);
        pixels.copyRows(0, pixels.height(), tight);
        return tight.array();
    }

    /** Writes the sample as it is stored (no compression given), or in another way; says where. */
    private Path write(List<Tile> tiles, Compression target, CziReader reader) throws IOException {
        Path copy = folder.resolve((target == null ? "as-it-is" : target.label()) + ".czi");
        try (CziWriter writer = CziWriter.create(copy)) {
            for (Tile tile : tiles) {
                if (target == null) {
                    writer.addEncoded(
                            tile.subblock()
                                    .compressed(
                                            reader.subblockInfo(tile.index()).compression()),
                            reader.subblock(tile.index()).rawData());
                } else {
                    writer.add(tile.subblock().compressed(target), tile.pixels());
                }
            }
            writer.finish();
        }
        return copy;
    }

    /**
     * What loading all tiles of a small file takes on one thread, reading from memory and decoding: processor time, for
     * nobody else's work is to count, and the best of many loads, for the first ones run code that is not compiled yet.
     */
    private static double loadSeconds(Path copy) throws CziException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        boolean hasCpu = threads.isCurrentThreadCpuTimeSupported();
        double best = Double.MAX_VALUE;
        long first = System.nanoTime();
        try (CziReader reader = CziReader.open(copy, CziOptions.defaults().tileCache(0))) {
            for (int i = 0; i < REPEATS || System.nanoTime() - first < WARM_UP_NANOS; i++) {
                long begun = hasCpu ? threads.getCurrentThreadCpuTime() : System.nanoTime();
                for (int tile = 0; tile < reader.subblockCount(); tile++) {
                    reader.subblock(tile).read();
                }
                long ended = hasCpu ? threads.getCurrentThreadCpuTime() : System.nanoTime();
                best = Math.min(best, (ended - begun) / 1e9);
            }
        }
        return best;
    }

    private Price recompress(List<Tile> tiles, Compression target, CziReader reader, double now) throws IOException {
        long begun = System.nanoTime();
        Path copy = write(tiles, target, reader);
        double writing = (System.nanoTime() - begun) / 1e9;
        double then = loadSeconds(copy);
        long before = 0;
        for (Tile tile : tiles) {
            before += reader.subblock(tile.index()).storedBytes();
        }
        long after = 0;
        try (CziReader written = CziReader.open(copy)) {
            for (int i = 0; i < written.subblockCount(); i++) {
                after += written.subblock(i).storedBytes();
            }
        }
        double scale = (double) estimate.bytes() / before;
        String name = file.getFileName().toString().replaceFirst("(?i)\\.czi$", "") + "-" + target.label() + ".czi";
        return new Price(
                target.label(),
                "The file stored as " + target.label(),
                // Threads share decoding; the estimate is of so many.
                (now - then) * scale / estimate.threads(),
                (after - before) * scale,
                (now + writing) * scale,
                List.of((tiles.size() == 1 ? "1 tile loads in " : tiles.size() + " tiles load in ")
                        + Quantities.seconds(now) + " as they are and in "
                        + Quantities.seconds(then) + " as " + target.label() + " (processor time, from memory), with "
                        + Quantities.bytes(before) + " and " + Quantities.bytes(after) + " stored."),
                "czi convert " + Evidence.quoted(file.toString()) + " " + Evidence.quoted(name) + " --compression "
                        + target.label());
    }
}
