package io.github.czi4j.bench;

import io.github.czi4j.bench.console.Units;
import io.github.czi4j.bench.sample.TemporarySample;
import io.github.czi4j.bench.storage.Location;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;

/** The file that is measured: the user's, or a sample that goes away afterwards. */
final class Target implements Closeable {
    private final Location file;
    private final TemporarySample sample;

    private Target(Location file, TemporarySample sample) {
        this.file = file;
        this.sample = sample;
    }

    static Target of(Location file, PrintWriter err) throws IOException {
        if (file != null) {
            return new Target(file, null);
        }
        err.println("No file given: making a sample, " + TemporarySample.DESCRIPTION + " …");
        err.flush();
        long begun = System.nanoTime();
        TemporarySample sample = TemporarySample.make();
        err.println("… made in " + Units.seconds((System.nanoTime() - begun) / 1e9)
                + ". Synthetic tiles compress like fluorescence, but only your own file tells of your own files.");
        err.flush();
        return new Target(Location.of(sample.file()), sample);
    }

    Location file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        if (sample != null) {
            sample.close();
        }
    }
}
