package io.github.czi4j.bench.live;

import com.google.gson.JsonObject;
import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.environment.FileFacts;
import io.github.czi4j.bench.environment.StorageFacts;
import io.github.czi4j.bench.storage.Location;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.SubblockInfo;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A file that a program read, looked at from here: where its tiles lie is not part of the events. Nothing is known of one
 * that cannot be read from here, that lies behind an address, or that is another one by now.
 */
final class LiveFile {
    private final JsonObject facts;
    private final Map<Integer, SubblockInfo> tiles;

    private LiveFile(JsonObject facts, Map<Integer, SubblockInfo> tiles) {
        this.facts = facts;
        this.tiles = tiles;
    }

    /**
     * Looks for it.
     *
     * @param name as the program opened it
     * @param pid of the program
     * @param spans what the program did with tiles of this file
     */
    static LiveFile find(String name, long pid, List<LiveRecording.Span> spans) {
        JsonObject facts = new JsonObject();
        facts.addProperty("name", name);
        if (Location.isAddress(name)) {
            facts.add("storage", StorageFacts.ofAddress(name).toJson());
            return new LiveFile(facts, Map.of());
        }
        Path path = seenFromHere(name, pid);
        if (path == null) {
            return new LiveFile(facts, Map.of());
        }
        StorageFacts storage = StorageFacts.of(path).withoutResidency();
        try (CziReader reader = CziReader.open(path, CziOptions.defaults().io(FileByteSource.Mode.CHANNEL))) {
            Map<Integer, SubblockInfo> tiles = new HashMap<>();
            for (LiveRecording.Span span : spans) {
                if (span.subblock() >= reader.subblockCount()) {
                    return new LiveFile(facts, Map.of());
                }
                SubblockInfo info = tiles.computeIfAbsent(span.subblock(), reader::subblockInfo);
                if (!info.compression().label().equals(span.compression())) {
                    return new LiveFile(facts, Map.of());
                }
            }
            JsonObject found = FileFacts.of(reader, storage).toJson();
            found.addProperty("name", name);
            return new LiveFile(found, tiles);
        } catch (CziException | RuntimeException e) {
            return new LiveFile(facts, Map.of());
        }
    }

    /** The program may have other roots and another folder to start from. */
    private static Path seenFromHere(String name, long pid) {
        try {
            Path path = Path.of(name);
            Path process = Path.of("/proc", Long.toString(pid));
            Path there = path.isAbsolute()
                    ? process.resolve("root").resolve(path.getRoot().relativize(path))
                    : process.resolve("cwd").resolve(path);
            if (Files.isReadable(there)) {
                return there;
            }
            return path.isAbsolute() && !Files.exists(process) && Files.isReadable(path) ? path : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** The member {@code file} of a result. */
    JsonObject facts() {
        return facts;
    }

    /** What the directory says of a tile; null if that is not known. */
    SubblockInfo tile(int index) {
        return tiles.get(index);
    }
}
