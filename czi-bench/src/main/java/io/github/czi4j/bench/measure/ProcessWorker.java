package io.github.czi4j.bench.measure;

import com.google.gson.JsonObject;
import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.storage.IoMode;
import io.github.czi4j.bench.storage.PageCache;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Pixels;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A worker process of a {@link ProcessLoader}. It is told {@code load} with indices of subblocks, and answers {@code tile}
 * with each as its bitmap lies in the window, in turns in one slot and the other; a slot that was filled before is
 * {@code free} when it is told so. {@code release} and {@code open} close and open the file.
 */
final class ProcessWorker {
    private final Path file;
    private final CziOptions options;
    private final Path shared;
    private final long position;
    private final int slotBytes;
    private final PrintStream out;
    private CziReader reader;

    ProcessWorker(JsonObject task, PrintStream out) {
        this.file = Path.of(task.get("file").getAsString());
        this.options = CziOptions.defaults()
                .io(IoMode.valueOf(task.get("io").getAsString()).mode());
        this.shared = Path.of(task.get("shared").getAsString());
        this.position = task.get("position").getAsLong();
        this.slotBytes = task.get("slotBytes").getAsInt();
        this.out = out;
    }

    void run() throws IOException, InterruptedException {
        ByteBuffer window;
        try (FileChannel channel = FileChannel.open(shared, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            window = channel.map(
                    FileChannel.MapMode.READ_WRITE, position, Math.multiplyFull(ProcessLoader.SLOTS, slotBytes));
        }
        open();
        while (true) {
            String[] words = ChildMain.next().split(" ");
            switch (words[0]) {
                case "load" -> load(words, window);
                case "open" -> open();
                case "release" -> release();
                default -> throw new IllegalArgumentException("unknown command " + words[0]);
            }
        }
    }

    private void open() throws CziException {
        reader = reader == null ? CziReader.open(file, options.tileCache(0)) : reader;
        out.println("ready");
    }

    private void release() throws CziException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
        PageCache.awaitUnmapped(file);
        out.println("released");
    }

    private void load(String[] words, ByteBuffer window) throws CziException, InterruptedException {
        for (int i = 1; i < words.length; i++) {
            if (i > ProcessLoader.SLOTS) {
                ChildMain.next();
            }
            Pixels pixels = reader.subblock(Integer.parseInt(words[i])).read().pixels();
            int slot = (i - 1) % ProcessLoader.SLOTS;
            pixels.copyRows(0, pixels.height(), window.slice(slot * slotBytes, slotBytes));
            out.println("tile " + words[i]);
        }
    }
}
