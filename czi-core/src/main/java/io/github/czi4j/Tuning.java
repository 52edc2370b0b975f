package io.github.czi4j;

import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.TileOrder;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * What was found out about the fastest way to read files on this machine. It is kept in one small file of properties,
 * {@code czi4j/tuning.properties} in the user's folder for configurations: {@code $XDG_CONFIG_HOME}, on Windows {@code
 * %APPDATA%}, else {@code ~/.config}; the system property {@code czi4j.config} names another folder in place of {@code
 * czi4j}. Each entry stands for a kind of file system, a mix of compressions and a number of processors:
 *
 * <pre>
 * version=1
 * ext4.zstd1.8=threads 8 4 mapped
 * </pre>
 *
 * <p>Kind of workers, their number, tiles a worker takes at a time (0 where the reader chooses), way to read. A file that
 * cannot be understood counts as none, with a line in the log.
 *
 * @param parallelism who works
 * @param io how the file is read
 */
public record Tuning(Parallelism parallelism, FileByteSource.Mode io) {
    private static final String VERSION = "1";
    private static final String VERSION_KEY = "version";
    private static final int MAX_FILE = 1 << 20;
    private static final int MAX_WORKERS = 1024;
    private static final int MAX_BATCH = 1 << 20;
    /** Compressions that fewer subblocks have do not decide what is fast. */
    private static final double MIN_SHARE = 0.1;

    /**
     * Where the entries are kept.
     *
     * @return the file, which need not exist
     */
    public static Path file() {
        String folder = System.getProperty("czi4j.config");
        if (folder != null) {
            return Path.of(folder, "tuning.properties");
        }
        String base = System.getenv("XDG_CONFIG_HOME");
        if (base == null || base.isBlank()) {
            base = System.getenv("APPDATA");
        }
        Path config = base == null || base.isBlank()
                ? Path.of(System.getProperty("user.home", "."), ".config")
                : Path.of(base);
        return config.resolve("czi4j").resolve("tuning.properties");
    }

    /**
     * What entries for a file go by.
     *
     * @param path the file
     * @param reader the same, open
     * @return for instance {@code ext4.zstd1.8}
     */
    public static String key(Path path, CziReader reader) {
        String fileSystem;
        try {
            fileSystem = Files.getFileStore(path).type();
        } catch (IOException | RuntimeException e) {
            fileSystem = "unknown";
        }
        Map<Compression, Integer> counts = new EnumMap<>(Compression.class);
        for (int i = 0; i < reader.subblockCount(); i++) {
            counts.merge(reader.subblockInfo(i).compression(), 1, Integer::sum);
        }
        String mix = counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= MIN_SHARE * reader.subblockCount())
                .map(entry -> entry.getKey().label())
                .collect(Collectors.joining("+"));
        return fileSystem.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + "."
                + (mix.isEmpty() ? "none" : mix) + "."
                + Runtime.getRuntime().availableProcessors();
    }

    /**
     * Looks an entry up.
     *
     * @param key as {@link #key} makes it
     * @return empty if there is none, or none that can be understood
     */
    public static Optional<Tuning> find(String key) {
        String text = load().getProperty(key);
        if (text == null) {
            return Optional.empty();
        }
        Optional<Tuning> tuning = parse(text);
        if (tuning.isEmpty()) {
            LoggerFactory.getLogger(Tuning.class).warn("{}: {} is not understood: {}", file(), key, text);
        }
        return tuning;
    }

    private static Properties load() {
        Properties properties = new Properties();
        Path file = file();
        try {
            if (Files.size(file) > MAX_FILE) {
                throw new IOException("larger than " + MAX_FILE + " bytes");
            }
            properties.load(new StringReader(Files.readString(file, StandardCharsets.ISO_8859_1)));
            if (VERSION.equals(properties.getProperty(VERSION_KEY))) {
                return properties;
            }
            throw new IOException("expected version " + VERSION + ", not " + properties.getProperty(VERSION_KEY));
        } catch (NoSuchFileException e) {
            return new Properties();
        } catch (IOException | IllegalArgumentException e) {
            LoggerFactory.getLogger(Tuning.class).warn("{} is ignored: {}", file, e.getMessage());
            return new Properties();
        }
    }

    private static Optional<Tuning> parse(String text) {
        String[] parts = text.trim().split("\\s+");
        if (parts.length != 4 || !parts[1].matches("\\d{1,7}") || !parts[2].matches("\\d{1,7}")) {
            return Optional.empty();
        }
        int workers = Integer.parseInt(parts[1]);
        int batch = Integer.parseInt(parts[2]);
        if (workers > MAX_WORKERS || batch > MAX_BATCH) {
            return Optional.empty();
        }
        try {
            FileByteSource.Mode io = FileByteSource.Mode.valueOf(parts[3].toUpperCase(Locale.ROOT));
            Parallelism.Kind kind = Parallelism.Kind.valueOf(parts[0].toUpperCase(Locale.ROOT));
            return switch (kind) {
                case AUTO -> Optional.of(new Tuning(Parallelism.auto(), io));
                case SEQUENTIAL -> Optional.of(new Tuning(Parallelism.sequential(), io));
                case THREADS, VIRTUAL ->
                    workers == 0 || kind == Parallelism.Kind.VIRTUAL && !hasVirtualThreads()
                            ? Optional.empty()
                            : Optional.of(new Tuning(new Parallelism(kind, workers, batch, null, TileOrder.FILE), io));
                case EXECUTOR -> Optional.empty();
            };
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean hasVirtualThreads() {
        return Runtime.version().feature() >= 21;
    }

    /**
     * Keeps an entry, in place of an older one with its key. A file that could not be understood is replaced.
     *
     * @param key as {@link #key} makes it
     * @throws IOException if the file cannot be written
     * @throws IllegalArgumentException for an executor of the caller's, which no file can name
     */
    public void store(String key) throws IOException {
        if (parallelism.kind() == Parallelism.Kind.EXECUTOR) {
            throw new IllegalArgumentException("an executor cannot be stored");
        }
        Properties properties = load();
        properties.setProperty(VERSION_KEY, VERSION);
        properties.setProperty(key, toString());
        StringWriter text = new StringWriter();
        properties.store(text, "Written by czi tune, read by CziOptions.tuned()");
        Path file = file().toAbsolutePath();
        Files.createDirectories(file.getParent());
        Path part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.writeString(part, text.toString(), StandardCharsets.ISO_8859_1);
            try {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** As it is stored, for instance {@code threads 8 4 mapped}. */
    @Override
    public String toString() {
        return parallelism.kind().name().toLowerCase(Locale.ROOT) + " " + parallelism.workers() + " "
                + parallelism.batch() + " " + io.name().toLowerCase(Locale.ROOT);
    }
}
