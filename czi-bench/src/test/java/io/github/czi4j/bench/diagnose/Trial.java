package io.github.czi4j.bench.diagnose;

import com.google.gson.JsonObject;
import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.environment.Environment;
import io.github.czi4j.bench.environment.FileFacts;
import io.github.czi4j.bench.environment.StorageFacts;
import io.github.czi4j.bench.measure.Benchmark;
import io.github.czi4j.bench.measure.Configuration;
import io.github.czi4j.bench.measure.Effort;
import io.github.czi4j.bench.measure.Opener;
import io.github.czi4j.bench.measure.PlaneChoice;
import io.github.czi4j.bench.measure.RegionChoice;
import io.github.czi4j.bench.measure.Settings;
import io.github.czi4j.bench.profile.Profile;
import io.github.czi4j.bench.profile.Profiler;
import io.github.czi4j.bench.profile.TileTime;
import io.github.czi4j.bench.report.BenchmarkReport;
import io.github.czi4j.bench.report.ProfileReport;
import io.github.czi4j.bench.storage.Ceilings;
import io.github.czi4j.bench.storage.Location;
import io.github.czi4j.io.FileByteSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A file that is measured under some trouble, from opening to the JSON of the report. */
final class Trial {
    private static final int REPETITIONS = 5;
    private static final Duration CAP = Duration.ofSeconds(3);

    private final Path file;
    private Opener opener;
    private boolean isFile = true;
    private FileByteSource.Mode io = FileByteSource.Mode.MAPPED;
    private StorageFacts storage = StorageFacts.UNKNOWN;
    private boolean hasCeilings;
    private int threads = 1;
    private int maxTiles = 100;
    private Duration least = Duration.ZERO;

    private Trial(Path file) {
        this.file = file;
        this.opener = Opener.of(file);
    }

    static Trial of(Path file) {
        return new Trial(file);
    }

    /** Storage with a fault in place of the file. */
    Trial through(Sources.Fault fault) {
        opener = Sources.of(file, fault);
        io = FileByteSource.Mode.CHANNEL;
        isFile = false;
        return this;
    }

    /** What the system is to say of the storage. */
    Trial on(StorageFacts facts) {
        storage = facts;
        return this;
    }

    /** What the storage can do is measured too. */
    Trial ceilings() {
        hasCeilings = true;
        return this;
    }

    Trial threads(int count) {
        threads = count;
        return this;
    }

    /** More tiles than these are loaded one by one. */
    Trial tiles(int most) {
        maxTiles = most;
        return this;
    }

    /** Passes go on for that long, so that code is compiled. */
    Trial least(Duration duration) {
        least = duration;
        return this;
    }

    JsonObject profile() throws IOException {
        collectGarbage();
        Environment environment = Environment.capture();
        Profile.Method method = new Profile.Method("custom", threads, maxTiles, least, CAP);
        Profile profile = new Profiler(opener, io, null, null, method).run(share -> {});
        Ceilings ceilings = Ceilings.NONE;
        if (hasCeilings) {
            int[] tiles = profile.typical().tiles().stream()
                    .mapToInt(TileTime::subblock)
                    .toArray();
            ceilings = Ceilings.measure(
                    Location.of(file), tiles, profile.sample().outputPixels(), Duration.ofMillis(500), false);
        }
        return new ProfileReport(environment, facts(), profile, ceilings, List.of()).toJson(false);
    }

    /** What tests before left behind is not to be collected while something is measured. */
    private static void collectGarbage() {
        System.gc();
    }

    JsonObject benchmark(Configuration... configurations) throws IOException {
        collectGarbage();
        Environment environment = Environment.capture();
        Settings settings = new Settings(
                new Effort(Duration.ZERO, REPETITIONS, Duration.ZERO, CAP), false, false, false, Duration.ZERO);
        PlaneChoice plane;
        RegionChoice region;
        try (CziReader reader = CziReader.open(file, CziOptions.defaults())) {
            plane = PlaneChoice.of(reader, null, null);
            region = RegionChoice.of(
                    reader, plane, maxTiles, Runtime.getRuntime().maxMemory() / 2);
        }
        Benchmark benchmark = isFile
                ? new Benchmark(Location.of(file), plane, region, List.of(configurations), settings)
                : new Benchmark(Location.of(file), opener, plane, region, List.of(configurations), settings);
        benchmark.run((share, what) -> {});
        return new BenchmarkReport(environment, facts(), benchmark, "custom", List.of()).toJson(false);
    }

    private FileFacts facts() throws IOException {
        try (CziReader reader = CziReader.open(file, CziOptions.defaults())) {
            return FileFacts.of(reader, storage);
        }
    }
}
