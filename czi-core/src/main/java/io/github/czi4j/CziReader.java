package io.github.czi4j;

import io.github.czi4j.index.DirectoryReport;
import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.io.ByteSource;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.metadata.DocumentMetadata;
import io.github.czi4j.model.Bounds;
import io.github.czi4j.model.CacheStatistics;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.FileInfo;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.SubblockInfo;
import io.github.czi4j.mosaic.Composer;
import io.github.czi4j.mosaic.Plan;
import io.github.czi4j.mosaic.PlanInput;
import io.github.czi4j.mosaic.Planner;
import io.github.czi4j.mosaic.TileCache;
import io.github.czi4j.mosaic.TileLoader;
import io.github.czi4j.observe.Observer;
import io.github.czi4j.observe.Span;
import io.github.czi4j.observe.Stage;
import io.github.czi4j.zisraw.AttachmentEntry;
import io.github.czi4j.zisraw.DirectoryEntry;
import io.github.czi4j.zisraw.DirectoryWriter;
import io.github.czi4j.zisraw.FileHeader;
import io.github.czi4j.zisraw.MetadataSegment;
import io.github.czi4j.zisraw.SubblockSegment;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * An open CZI file. Opening reads the file header and the subblock directory, nothing else. All methods may be called by
 * any number of threads until the reader is closed.
 *
 * <pre>{@code
 * try (CziReader czi = CziReader.open(Path.of("slide.czi"))) {
 *     Mosaic mosaic = czi.readMosaic(MosaicRequest.wholeImage().channel(0));
 *     short[] pixels = mosaic.shorts();
 * }
 * }</pre>
 */
public final class CziReader implements Closeable {
    private static final int MAX_XML = 512 << 20;

    private final ByteSource source;
    private final CziOptions options;
    private final Contents contents;
    private final FileHeader header;
    private final SubblockDirectory directory;
    private final Observer observer;
    private final TileCache cache;
    private final TileLoader loader;
    private final List<String> problems;

    private CziReader(ByteSource source, CziOptions options, Span opening, Observer observer) throws CziException {
        this.source = source;
        this.options = options;
        this.observer = observer;
        FileHeader stored = options.isRescue() ? null : FileHeader.read(source);
        opening.end(source.size());
        Span span = observer.begin(Stage.DIRECTORY);
        this.contents = options.isRescue()
                ? Contents.rescue(source, options.memoryLimit())
                : Contents.read(source, stored, options.memoryLimit());
        this.header = contents.header();
        this.directory = contents.directory();
        span.end(0);
        this.cache = options.tileCacheBytes() > 0 ? new TileCache(options.tileCacheBytes()) : null;
        this.loader = new TileLoader(source, directory, options.maxTileBytes(), options.isRescue(), cache, observer);
        this.problems = findProblems();
        if (!problems.isEmpty()) {
            LoggerFactory.getLogger(CziReader.class)
                    .debug("{}: {} problems, the first: {}", source.name(), problems.size(), problems.get(0));
        }
    }

    /**
     * Opens a file with the default options.
     *
     * @param path the file
     * @return the reader; the caller closes it
     * @throws CziException if it is no CZI, cannot be read, or its directory is damaged beyond use
     */
    public static CziReader open(Path path) throws CziException {
        return open(path, CziOptions.defaults());
    }

    /**
     * Opens a file.
     *
     * @param path the file
     * @param options how
     * @return the reader; the caller closes it
     * @throws CziException if it is no CZI, cannot be read, or its directory is damaged beyond use
     */
    public static CziReader open(Path path, CziOptions options) throws CziException {
        CziReader reader = openAsAsked(path, options);
        if (!options.isTuned()) {
            return reader;
        }
        Optional<Tuning> tuning = Tuning.find(Tuning.key(path, reader));
        if (tuning.isEmpty()) {
            return reader;
        }
        // What the tuning goes by is known only now that the directory is.
        reader.close();
        return openAsAsked(
                path, options.io(tuning.get().io()).parallelism(tuning.get().parallelism()));
    }

    private static CziReader openAsAsked(Path path, CziOptions options) throws CziException {
        Observer observer = Observer.of(options.listener(), path.toString());
        Span opening = observer.begin(Stage.OPEN);
        return open(FileByteSource.open(path, options.io()), options, opening, observer);
    }

    /**
     * Opens a file in storage of the caller's.
     *
     * @param source the bytes; closed with the reader, and if this method fails
     * @param options how; {@link CziOptions#io()} means nothing here
     * @return the reader; the caller closes it
     * @throws CziException if it is no CZI, cannot be read, or its directory is damaged beyond use
     */
    public static CziReader open(ByteSource source, CziOptions options) throws CziException {
        Observer observer = Observer.of(options.listener(), source.name());
        return open(source, options, observer.begin(Stage.OPEN), observer);
    }

    private static CziReader open(ByteSource source, CziOptions options, Span opening, Observer observer)
            throws CziException {
        try {
            return new CziReader(source, options, opening, observer);
        } catch (CziException | RuntimeException | Error e) {
            try {
                source.close();
            } catch (CziException closing) {
                e.addSuppressed(closing);
            }
            if (e instanceof InternalError) {
                throw CziException.io(
                        source.name(), CziException.NO_OFFSET, "the mapped file can no longer be read", e);
            }
            throw e;
        }
    }

    private List<String> findProblems() {
        List<String> found = new ArrayList<>(contents.problems());
        if (header.majorVersion() != 1) {
            found.add("the file header says version " + header.majorVersion() + "." + header.minorVersion()
                    + "; versions other than 1.x have not been met yet");
        }
        if (header.updatePending()) {
            found.add("a writer has not finished with this file (UpdatePending): what it says may be stale");
        }
        DirectoryReport report = directory.report();
        found.addAll(report.problems());
        int untold = report.problemCount() - report.problems().size();
        if (untold > 0) {
            found.add("and " + untold + " more problems of directory entries");
        }
        return Collections.unmodifiableList(found);
    }

    /**
     * The file as such.
     *
     * @return its header
     */
    public FileInfo fileInfo() {
        return new FileInfo(
                source.name(),
                source.size(),
                header.majorVersion(),
                header.minorVersion(),
                header.fileGuid(),
                header.primaryFileGuid(),
                header.filePart(),
                header.updatePending());
    }

    /**
     * What was odd when the file was opened, in words, with offsets.
     *
     * @return empty if all is well
     */
    public List<String> problems() {
        return problems;
    }

    /** What the file's own directories name, and a scan did not find; empty unless the file was scanned. */
    List<CziCopier.Loss> losses() {
        return contents.losses();
    }

    /**
     * Number of subblocks.
     *
     * @return at least 0
     */
    public int subblockCount() {
        return directory.size();
    }

    /**
     * What the directory says of a subblock.
     *
     * @param index 0 to {@code subblockCount() - 1}
     * @return a new value
     * @throws IndexOutOfBoundsException if there is no such subblock
     */
    public SubblockInfo subblockInfo(int index) {
        return directory.info(index);
    }

    /**
     * One subblock.
     *
     * @param index 0 to {@code subblockCount() - 1}
     * @return a handle; nothing is read yet
     * @throws IndexOutOfBoundsException if there is no such subblock
     */
    public Subblock subblock(int index) {
        return new Subblock(source, loader, directory.info(index));
    }

    /**
     * All subblocks, to be narrowed down.
     *
     * @return a view
     */
    public Subblocks subblocks() {
        return new Subblocks(directory, this::subblock, row -> true);
    }

    /**
     * What the document spans.
     *
     * @return computed from the directory on the first call
     */
    public Bounds bounds() {
        return directory.bounds();
    }

    /**
     * Number of planes.
     *
     * @return at least 0
     */
    public int planeCount() {
        return directory.planes().size();
    }

    /**
     * The indices of a plane.
     *
     * @param number 0 to {@code planeCount() - 1}, in the order of first occurrence in the directory
     * @return a coordinate without S
     */
    public Coordinate plane(int number) {
        return directory.planes().coordinate(number);
    }

    /**
     * Prepares the planes and the spatial index of one of them, which the first mosaic of that plane would do otherwise.
     *
     * @param number 0 to {@code planeCount() - 1}
     */
    public void prepareIndex(int number) {
        Span span = observer.begin(Stage.INDEX);
        directory.planes().index(number);
        span.end(0);
    }

    /**
     * Heap that the directory takes now, with the planes and spatial indices made so far.
     *
     * @return bytes
     */
    public long indexHeapBytes() {
        return directory.heapBytes() + directory.planes().heapBytes();
    }

    /**
     * The entry of a subblock for another directory: the copy inside the subblock, byte by byte, if the directory agrees
     * with it; else one with all that the directory says.
     *
     * @param compressionCode stored in place of the subblock's own
     */
    ByteBuffer directoryEntry(int index, int compressionCode) throws CziException {
        long position = directory.filePosition(index);
        ByteBuffer entry = SubblockSegment.entryBytes(source, position);
        DirectoryEntry copy = new DirectoryEntry();
        boolean isReadable =
                entry != null && copy.read(entry, 0, entry.limit()) == entry.limit() && copy.problem() == null;
        if (!isReadable || !directory.agreesWith(index, copy)) {
            SubblockInfo info = directory.info(index);
            entry = DirectoryWriter.entry(
                    info.pixelTypeCode(),
                    info.compressionCode(),
                    info.pyramidType(),
                    position,
                    info.logical(),
                    info.storedWidth(),
                    info.storedHeight(),
                    info.coordinate(),
                    info.mIndex());
        }
        DirectoryEntry.setCompression(entry, compressionCode);
        return entry;
    }

    /**
     * The document's metadata as stored.
     *
     * @return XML in UTF-8, empty if the file has none
     * @throws CziException if it cannot be read
     */
    public byte[] metadataXmlBytes() throws CziException {
        if (header.metadataPosition() == FileHeader.NONE) {
            return new byte[0];
        }
        Span span = observer.begin(Stage.METADATA);
        MetadataSegment segment = MetadataSegment.read(source, header.metadataPosition());
        if (segment.xmlSize() > MAX_XML) {
            throw CziException.limit(
                    source.name(), "the metadata has " + segment.xmlSize() + " bytes, more than " + MAX_XML);
        }
        byte[] xml = new byte[segment.xmlSize()];
        source.read(segment.xmlPosition(), xml, 0, xml.length);
        span.end(xml.length);
        return xml;
    }

    /**
     * The document's metadata as text.
     *
     * @return XML without a byte order mark and without trailing zeros, empty if the file has none; bytes that are no
     *     UTF-8 are replaced
     * @throws CziException if it cannot be read
     */
    public String metadataXml() throws CziException {
        return trimXml(new String(metadataXmlBytes(), StandardCharsets.UTF_8));
    }

    static String trimXml(String xml) {
        int end = xml.length();
        while (end > 0 && (xml.charAt(end - 1) == 0 || xml.charAt(end - 1) == ' ')) {
            end--;
        }
        return xml.substring(xml.startsWith("\uFEFF") ? 1 : 0, end);
    }

    /**
     * What the document's metadata says of the image.
     *
     * @return what could be understood; XML that is damaged gives what stands before the damage, with a
     *     {@linkplain DocumentMetadata#problems() problem}
     * @throws CziException if the metadata cannot be read from the file
     */
    public DocumentMetadata metadata() throws CziException {
        return DocumentMetadata.parse(metadataXml());
    }

    /**
     * The attachments, read from their directory at each call.
     *
     * @return in the order of the directory, empty if the file has none
     * @throws CziException if their directory cannot be read
     */
    public List<Attachment> attachments() throws CziException {
        if (contents.attachments().isPresent()) {
            return contents.attachments().get().stream()
                    .map(entry -> new Attachment(source, entry, options))
                    .toList();
        }
        if (header.attachmentDirectoryPosition() == FileHeader.NONE) {
            return List.of();
        }
        List<String> warnings = new ArrayList<>();
        List<Attachment> result = new ArrayList<>();
        for (AttachmentEntry entry :
                AttachmentEntry.readAll(source, header.attachmentDirectoryPosition(), warnings::add)) {
            result.add(new Attachment(source, entry, options));
        }
        warnings.forEach(warning -> LoggerFactory.getLogger(CziReader.class).warn("{}: {}", source.name(), warning));
        return Collections.unmodifiableList(result);
    }

    /**
     * Says what a mosaic would read. No pixel is touched.
     *
     * @param request what is wanted
     * @return the plan
     * @throws IllegalArgumentException if the request makes no sense for this file; the message says what would
     * @throws CziException if no subblock has pixels of a known type
     */
    public MosaicPlan plan(MosaicRequest request) throws CziException {
        Plan plan = makePlan(request);
        return new MosaicPlan(plan, workers(plan, request));
    }

    private Plan makePlan(MosaicRequest request) throws CziException {
        Span span = observer.begin(Stage.INDEX);
        PlanInput input = new RequestResolver(source.name(), directory).resolve(request);
        directory.planes().matching(input.plane());
        span.end(0);
        span = observer.begin(Stage.PLAN);
        Plan plan = Planner.plan(directory, input);
        span.end(0);
        return plan;
    }

    private int workers(Plan plan, MosaicRequest request) {
        int workers = Composer.workers(plan, directory, parallelism(request));
        while (workers > 1 && plan.peakBytes(workers) > options.memoryLimit()) {
            workers--;
        }
        return workers;
    }

    private Parallelism parallelism(MosaicRequest request) {
        return request.parallelism().orElse(options.parallelism());
    }

    /**
     * Composes a mosaic: the subblocks of one plane in a region, in the order of their tile numbers, the highest on top.
     * The pixels are those of libCZI's scaling accessor (sheet §7.5), or of its pyramid-layer accessor where a layer is
     * asked for by its number (§7.4), but for {@linkplain MosaicRequest#pyramidGaps gaps} that other layers fill, and
     * unless means are asked for ({@link MosaicRequest#downscaling}, {@link MosaicRequest#overlap}). They do not depend
     * on the parallelism.
     *
     * @param request what is wanted
     * @return the image and a report; allocates the image and a few bitmaps for each worker
     * @throws IllegalArgumentException if the request makes no sense for this file; the message says what would
     * @throws CziException if the predicted memory exceeds {@link CziOptions#memoryLimit()}; if the calling thread is
     *     interrupted; and, where strictness was asked for, at the first subblock that is damaged or odd
     */
    public Mosaic readMosaic(MosaicRequest request) throws CziException {
        Plan plan = makePlan(request);
        int workers = workers(plan, request);
        if (Math.multiplyFull(plan.width(), plan.height()) > Integer.MAX_VALUE - 8L
                || plan.peakBytes(workers) > options.memoryLimit()) {
            throw CziException.limit(
                    source.name(),
                    "a mosaic of " + plan.width() + "×" + plan.height() + " "
                            + plan.input().pixelType().label() + " needs about " + plan.peakBytes(workers)
                            + " bytes, but the memory limit is " + options.memoryLimit()
                            + " and an array holds " + (Integer.MAX_VALUE - 8L)
                            + " samples; ask for a smaller region or zoom");
        }
        boolean strict = request.strictness().orElse(options.isStrict());
        List<String> notes = notes();
        if (strict && !notes.isEmpty()) {
            throw CziException.corrupt(source.name(), header.directoryPosition(), notes.get(0));
        }
        return new Mosaic(plan, Composer.compose(plan, loader, parallelism(request), workers, strict), notes);
    }

    /**
     * Composes a mosaic block by block, from top to bottom: for results that are larger than the memory, or than an
     * array. The pixels are those of {@link #readMosaic}.
     *
     * @param request what is wanted
     * @param rows rows of a block; 0 for as many as half of {@link CziOptions#memoryLimit()} allows
     * @param sink takes the blocks, on the calling thread
     * @return what was odd
     * @throws IllegalArgumentException if the request makes no sense for this file, or {@code rows} is negative
     * @throws IOException what the sink throws; a {@link CziException} if not even one block fits the memory limit, if the
     *     calling thread is interrupted, and, where strictness was asked for, at the first subblock that is damaged or odd
     */
    public BlockReport readBlocks(MosaicRequest request, int rows, MosaicBlock.Sink sink) throws IOException {
        if (rows < 0) {
            throw new IllegalArgumentException("blocks of " + rows + " rows");
        }
        Plan plan = makePlan(request);
        int workers = Composer.workers(plan, directory, parallelism(request));
        while (workers > 1 && plan.peakBytes(workers, 1, 0) > options.memoryLimit() / 4) {
            workers--;
        }
        boolean strict = request.strictness().orElse(options.isStrict());
        List<String> notes = notes();
        if (strict && !notes.isEmpty()) {
            throw CziException.corrupt(source.name(), header.directoryPosition(), notes.get(0));
        }
        return new BlockStream(source.name(), plan, workers, rows, options.memoryLimit())
                .run(loader, parallelism(request), strict, notes, sink);
    }

    /**
     * What the cache of decoded tiles has done so far.
     *
     * @return empty if there is none, see {@link CziOptions#tileCache}
     */
    public Optional<CacheStatistics> cacheStatistics() {
        return Optional.ofNullable(cache).map(TileCache::statistics);
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        DirectoryReport report = directory.report();
        if (report.missing() > 0) {
            notes.add("the directory is damaged: " + report.missing() + " of " + report.announced()
                    + " subblocks are lost");
        }
        if (contents.isRecovered()) {
            notes.add("the directory was made anew by a scan: subblocks that are lost leave no trace in it");
        }
        if (directory.unsoundCount() > 0) {
            notes.add(directory.unsoundCount() + " subblocks have no sound place in the directory");
        }
        return notes;
    }

    /**
     * Releases the file. Work that is going on in other threads fails.
     *
     * @throws CziException if the storage fails
     */
    @Override
    public void close() throws CziException {
        source.close();
    }
}
