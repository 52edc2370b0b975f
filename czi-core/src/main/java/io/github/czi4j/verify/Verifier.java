package io.github.czi4j.verify;

import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.Subblock;
import io.github.czi4j.index.Recovery;
import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.io.ByteSource;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.metadata.DocumentMetadata;
import io.github.czi4j.model.CziException;
import io.github.czi4j.verify.Finding.Severity;
import io.github.czi4j.zisraw.FileHeader;
import io.github.czi4j.zisraw.MetadataSegment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Checks a file: its segments, header, directory, metadata and attachments, and on request that every tile decodes. What
 * ZEISS's public checker looks at is looked at here, under the same short names.
 *
 * <pre>{@code
 * Verification result = Verifier.of(path).deep(true).run((done, total) -> {});
 * }</pre>
 *
 * <p>Immutable; {@link #run} may be called by several threads.
 */
public final class Verifier {
    static final String OPEN = "open";
    static final String BITMAPS = "subblkbitmapvalid";

    private final Path path;
    private final boolean isDeep;
    private final int threads;

    /** Is told how far the decoding has come. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Takes numbers of subblocks.
         *
         * @param done decoded so far
         * @param total to decode
         */
        void update(int done, int total);
    }

    private Verifier(Path path, boolean isDeep, int threads) {
        this.path = path;
        this.isDeep = isDeep;
        this.threads = threads;
    }

    /**
     * Prepares the checks of a file, without decoding.
     *
     * @param path the file
     * @return the checks
     */
    public static Verifier of(Path path) {
        return new Verifier(path, false, Runtime.getRuntime().availableProcessors());
    }

    /**
     * Says whether every tile is decoded.
     *
     * @param value true to decode
     * @return changed checks
     */
    public Verifier deep(boolean value) {
        return new Verifier(path, value, threads);
    }

    /**
     * Says how many tiles are decoded at once.
     *
     * @param count at least 1
     * @return changed checks
     */
    public Verifier threads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("the number of threads must be at least 1, not " + count);
        }
        return new Verifier(path, isDeep, count);
    }

    /**
     * Checks the file.
     *
     * @param progress is told how far the decoding has come, by any thread
     * @return what was found
     * @throws CziException if the storage fails, the memory does not suffice, or the calling thread is interrupted; what
     *     is wrong with the file is a finding
     */
    public Verification run(Progress progress) throws CziException {
        Findings findings = new Findings();
        int subblocks;
        int decoded = 0;
        try (ByteSource source = FileByteSource.open(path, FileByteSource.Mode.CHANNEL)) {
            StructureChecks structure = new StructureChecks(source, findings);
            structure.checkSegments();
            SubblockDirectory directory = checkOpening(source, structure, findings);
            subblocks = directory.size();
            new DirectoryChecks(source, directory, findings).run();
            checkMetadata(source, directory, findings);
        }
        if (isDeep && subblocks > 0) {
            decoded = decode(findings, progress);
        }
        return new Verification(path.toString(), findings.counts(), findings.all(), subblocks, decoded);
    }

    private SubblockDirectory checkOpening(ByteSource source, StructureChecks structure, Findings findings)
            throws CziException {
        findings.begin(OPEN);
        long memory = Runtime.getRuntime().maxMemory();
        String reason;
        try {
            FileHeader header = FileHeader.read(source);
            structure.checkHeader(header);
            structure.checkAttachments(header);
            if (header.directoryPosition() != FileHeader.NONE) {
                return SubblockDirectory.read(source, header.directoryPosition(), memory);
            }
            reason = "the file header names no subblock directory";
        } catch (CziException e) {
            if (e.kind() == CziException.Kind.LIMIT || e.kind() == CziException.Kind.IO) {
                throw e;
            }
            reason = e.getMessage();
        }
        Recovery recovery = Recovery.scan(source, memory, Optional.empty());
        int found = recovery.directory().size();
        findings.add(Finding.of(Severity.FATAL, OPEN, reason)
                .losing(
                        found == 0
                                ? "everything"
                                : "the directory; a scan finds " + found + " subblocks (czi rescue)"));
        return recovery.directory();
    }

    /** If there are none, or they cannot be read, the checks of the header have said so. */
    private static void checkMetadata(ByteSource source, SubblockDirectory directory, Findings findings)
            throws CziException {
        MetadataSegment segment;
        try {
            FileHeader header = FileHeader.read(source);
            if (header.metadataPosition() == FileHeader.NONE) {
                return;
            }
            segment = MetadataSegment.read(source, header.metadataPosition());
        } catch (CziException e) {
            if (e.kind() == CziException.Kind.IO) {
                throw e;
            }
            return;
        }
        try {
            new MetadataChecks(directory, DocumentMetadata.read(segment.stream(source)), findings).run();
        } catch (CziException e) {
            throw e;
        } catch (IOException e) {
            throw CziException.io(source.name(), segment.xmlPosition(), "the metadata cannot be read", e);
        }
    }

    private int decode(Findings findings, Progress progress) throws CziException {
        findings.begin(BITMAPS);
        CziOptions options =
                CziOptions.defaults().io(FileByteSource.Mode.CHANNEL).rescue(true);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (CziReader reader = CziReader.open(path, options)) {
            AtomicInteger next = new AtomicInteger();
            AtomicInteger done = new AtomicInteger();
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(pool.submit(() -> {
                    for (int row = next.getAndIncrement();
                            row < reader.subblockCount()
                                    && !Thread.currentThread().isInterrupted();
                            row = next.getAndIncrement()) {
                        decode(reader.subblock(row), findings);
                        progress.update(done.incrementAndGet(), reader.subblockCount());
                    }
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
            return done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CziException.io(path.toString(), CziException.NO_OFFSET, "the check was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private static void decode(Subblock subblock, Findings findings) {
        int index = subblock.info().index();
        long position = subblock.info().filePosition();
        try {
            for (String warning : subblock.read().warnings()) {
                findings.add(Finding.of(Severity.WARNING, BITMAPS, warning)
                        .at(position)
                        .ofSubblock(index));
            }
        } catch (CziException e) {
            findings.add(Finding.of(Severity.FATAL, BITMAPS, e.getMessage())
                    .at(position)
                    .ofSubblock(index)
                    .losing("the pixels of the tile " + subblock.info().coordinate()));
        }
    }
}
