package io.github.czi4j.bench.environment;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.czi4j.bench.storage.Location;
import io.github.czi4j.bench.storage.PageCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Where a file lies. Known on Linux; elsewhere little or nothing is.
 *
 * @param fileSystem its type, for instance {@code ext4}
 * @param isRemote whether it is on another machine
 * @param mountPoint where the file system is mounted
 * @param mountOptions how
 * @param device device or share behind it
 * @param isRotational whether that is a disk that turns, as far as the system knows: virtual disks say anything
 * @param readAheadBytes what the kernel reads ahead of a sequential reader
 * @param residentShare part of the file that is in the page cache, 0 to 1
 */
public record StorageFacts(
        Optional<String> fileSystem,
        Optional<Boolean> isRemote,
        Optional<String> mountPoint,
        Optional<String> mountOptions,
        Optional<String> device,
        Optional<Boolean> isRotational,
        OptionalLong readAheadBytes,
        OptionalDouble residentShare) {
    /** Nothing is known. */
    public static final StorageFacts UNKNOWN = new StorageFacts(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty());

    private static final int KIBI = 1024;

    /**
     * Looks at the system's tables. Ask before anything is read: reading changes the residency.
     *
     * @param file the file
     * @return what they say
     */
    public static StorageFacts of(Path file) {
        return of(Path.of("/"), file);
    }

    /**
     * Of an address: that it is another machine, and nothing else.
     *
     * @param address of http or https
     * @return {@code http} or {@code https} in place of a file system
     */
    public static StorageFacts ofAddress(String address) {
        return new StorageFacts(
                Optional.of(address.substring(0, address.indexOf(':')).toLowerCase(Locale.ROOT)),
                Optional.of(true),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty());
    }

    /**
     * Of a file wherever it is.
     *
     * @param location the file
     * @return what the system's tables, or the address, say
     */
    public static StorageFacts of(Location location) {
        return location.isRemote() ? ofAddress(location.name()) : of(location.path());
    }

    /**
     * Whether this is an address, to which nothing applies that systems know of their files.
     *
     * @return true for http and https
     */
    public boolean isAddress() {
        return mountPoint.isEmpty()
                && fileSystem.filter(type -> type.matches("https?")).isPresent();
    }

    /**
     * The same, where it is too late to ask what was in the page cache.
     *
     * @return facts without {@link #residentShare}
     */
    public StorageFacts withoutResidency() {
        return new StorageFacts(
                fileSystem,
                isRemote,
                mountPoint,
                mountOptions,
                device,
                isRotational,
                readAheadBytes,
                OptionalDouble.empty());
    }

    /** The same below another root, for tests. */
    static StorageFacts of(Path root, Path file) {
        Path real;
        String type;
        try {
            real = file.toRealPath();
            type = Files.getFileStore(real).type();
        } catch (IOException | RuntimeException e) {
            // Files that cannot be opened are complained of elsewhere.
            return UNKNOWN;
        }
        OptionalDouble resident = PageCache.residentShare(real);
        Optional<MountInfo> found = MountInfo.of(real, MountInfo.ofThisProcess(root));
        if (found.isEmpty()) {
            return new StorageFacts(
                    Optional.ofNullable(type).filter(name -> !name.isBlank()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    resident);
        }
        MountInfo mount = found.get();
        return new StorageFacts(
                Optional.of(mount.type()),
                Optional.of(mount.isRemote()),
                Optional.of(mount.point()),
                Optional.of(mount.options()),
                Optional.of(mount.source()),
                number(root, mount.device(), "queue/rotational").map(value -> value != 0),
                readAhead(root, mount.device()),
                resident);
    }

    private static OptionalLong readAhead(Path root, String device) {
        // Network file systems have no block device, but a device for write-back and read-ahead all the same.
        Optional<Long> kibibytes = number(root, device, "queue/read_ahead_kb")
                .or(() -> firstNumber(
                        root.resolve("sys/class/bdi").resolve(device).resolve("read_ahead_kb")));
        return kibibytes.map(value -> OptionalLong.of(value * KIBI)).orElseGet(OptionalLong::empty);
    }

    /** What the block device says, or, of a partition, the device that it lies on. */
    private static Optional<Long> number(Path root, String device, String name) {
        Path link = root.resolve("sys/dev/block").resolve(device);
        try {
            Path block = link.toRealPath();
            return firstNumber(block.resolve(name)).or(() -> firstNumber(block.resolveSibling(name)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> firstNumber(Path file) {
        return ProcFiles.lines(file).stream()
                .map(String::trim)
                .filter(line -> line.matches("\\d{1,18}"))
                .findFirst()
                .map(Long::parseLong);
    }

    /**
     * For people.
     *
     * @return one line of the form {@code name  value}, or none
     */
    public List<String> lines() {
        if (fileSystem.isEmpty()) {
            return List.of();
        }
        List<String> parts = new ArrayList<>();
        parts.add(fileSystem.get() + device.map(name -> " on " + name).orElse(""));
        isRemote.filter(value -> value).ifPresent(value -> parts.add("on another machine"));
        isRotational.ifPresent(value -> parts.add(value ? "rotational" : "not rotational"));
        readAheadBytes.ifPresent(bytes -> parts.add("reads " + bytes / KIBI + " KiB ahead"));
        residentShare.ifPresent(share ->
                parts.add(String.format(Locale.ROOT, "%.0f %% of the file in the page cache before", 100 * share)));
        return List.of("storage  " + String.join(", ", parts));
    }

    /**
     * For machines.
     *
     * @return the member {@code file.storage} of a report
     */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("fileSystem", fileSystem.orElse(null));
        json.addProperty("isRemote", isRemote.orElse(null));
        json.addProperty("mountPoint", mountPoint.orElse(null));
        json.addProperty("mountOptions", mountOptions.orElse(null));
        json.addProperty("device", device.orElse(null));
        json.addProperty("isRotational", isRotational.orElse(null));
        if (readAheadBytes.isPresent()) {
            json.addProperty("readAheadBytes", readAheadBytes.getAsLong());
        } else {
            json.add("readAheadBytes", JsonNull.INSTANCE);
        }
        if (residentShare.isPresent()) {
            json.addProperty("residentShare", residentShare.getAsDouble());
        } else {
            json.add("residentShare", JsonNull.INSTANCE);
        }
        return json;
    }
}
