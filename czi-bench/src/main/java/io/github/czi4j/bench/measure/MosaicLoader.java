package io.github.czi4j.bench.measure;

import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.bench.storage.IoMode;
import io.github.czi4j.bench.storage.PlannedByteSource;
import io.github.czi4j.bench.storage.TileRanges;
import io.github.czi4j.io.ByteSource;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.ByteRange;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Pixels;
import java.util.List;

/** Loads by {@link CziReader#readMosaic}. */
final class MosaicLoader implements Loader {
    /** A request for several tiles: long enough that its latency does not count. */
    private static final long REQUEST_BYTES = 4 << 20;

    private static final int MAX_READERS = 2;
    /** Payloads that wait for each decoder. */
    private static final int QUEUE_PER_DECODER = 2;

    private final Job job;
    private final Configuration configuration;
    private final Opener opener;
    private final MosaicRequest request;
    private List<ByteRange> ranges;
    private CziReader reader;
    private PlannedByteSource planned;

    MosaicLoader(Job job, Configuration configuration, Opener opener) {
        this.job = job;
        this.configuration = configuration;
        this.opener = opener;
        this.request = job.request().parallelism(configuration.parallelism());
    }

    @Override
    public void open() throws CziException {
        if (reader != null) {
            return;
        }
        boolean isPipeline = configuration.strategy() == Strategy.PIPELINE;
        boolean isCoalesced = configuration.io() == IoMode.COALESCED;
        if (!configuration.needsFile()) {
            reader = opener.open(CziOptions.defaults().io(configuration.io().mode()));
            return;
        }
        if (ranges == null) {
            ranges = findRanges();
        }
        int readers = isPipeline ? Math.min(MAX_READERS, configuration.threads()) : 0;
        ByteSource file =
                FileByteSource.open(job.file().path(), configuration.io().mode());
        planned = new PlannedByteSource(
                file,
                ranges,
                isCoalesced ? REQUEST_BYTES : 0,
                readers,
                Math.max(1, readers + QUEUE_PER_DECODER * configuration.threads()));
        reader = CziReader.open(planned, CziOptions.defaults().tileCache(0));
    }

    private List<ByteRange> findRanges() throws CziException {
        // Not mapped: a mapping would stay until it is collected, and keep the file in the page cache.
        CziOptions options = CziOptions.defaults().io(FileByteSource.Mode.CHANNEL);
        try (CziReader looking = job.file().open(options)) {
            int[] tiles = looking.plan(job.request()).tiles().stream()
                    .mapToInt(tile -> tile.subblock().index())
                    .toArray();
            return TileRanges.of(looking, tiles);
        }
    }

    @Override
    public Pixels load() throws CziException {
        if (planned == null) {
            return reader.readMosaic(request).pixels();
        }
        planned.begin();
        try {
            return reader.readMosaic(request).pixels();
        } finally {
            planned.end();
        }
    }

    @Override
    public void release() throws CziException {
        close();
    }

    @Override
    public void close() throws CziException {
        CziReader open = reader;
        reader = null;
        planned = null;
        if (open != null) {
            open.close();
        }
    }
}
