package io.github.czi4j.bench.sample;

import io.github.czi4j.bench.console.Progress;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A sample in a folder of its own for temporary files; gone when it is closed or the JVM ends. */
public final class TemporarySample implements Closeable {
    /** What {@link #make()} makes. */
    public static final String DESCRIPTION = "6×6 tiles of 1024×1024 gray16, two channels, 10 % overlap, zstd1";

    private static final SampleRecipe RECIPE =
            SampleRecipe.defaults().grid(6, 6).tile(1024, 1024, 10).dimensions(2, 1, 1, 1);

    private final Path folder;
    private final Path file;
    private final Thread hook;

    private TemporarySample(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("sample.czi");
        this.hook = new Thread(this::delete, "czi-sample-delete");
    }

    /**
     * Makes the usual one.
     *
     * @return the sample; the caller closes it
     * @throws IOException if there is no room for it
     */
    public static TemporarySample make() throws IOException {
        try (Progress progress = new Progress("making a sample", RECIPE.tileCount())) {
            return make(RECIPE, (done, total) -> progress.update(done));
        }
    }

    /**
     * Makes one.
     *
     * @param recipe what it holds
     * @return the sample; the caller closes it
     * @throws IOException if there is no room for it
     */
    public static TemporarySample make(SampleRecipe recipe) throws IOException {
        return make(recipe, (done, total) -> {});
    }

    private static TemporarySample make(SampleRecipe recipe, SampleWriter.Progress progress) throws IOException {
        TemporarySample sample = new TemporarySample(Files.createTempDirectory("czi-sample-"));
        Runtime.getRuntime().addShutdownHook(sample.hook);
        try {
            SampleWriter.write(sample.file, recipe, Runtime.getRuntime().availableProcessors(), progress);
            return sample;
        } catch (IOException | RuntimeException | Error e) {
            sample.close();
            throw e;
        }
    }

    /**
     * Where it is.
     *
     * @return the file
     */
    public Path file() {
        return file;
    }

    private void delete() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // It lies in a folder for temporary files: the system will have it.
            System.err.println("czi: " + folder + " could not be deleted: " + e.getMessage());
        }
    }

    /** Deletes it. */
    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM ends already, and the hook with it.
            Thread.onSpinWait();
        }
    }
}
