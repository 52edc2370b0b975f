package io.github.czi4j;

import io.github.czi4j.index.DirectoryReport;
import io.github.czi4j.index.GroupScan;
import io.github.czi4j.index.PlaneTable;
import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.index.SubblockLocator;
import io.github.czi4j.io.ByteSource;
import io.github.czi4j.io.HttpByteSource;
import io.github.czi4j.io.HttpOptions;
import io.github.czi4j.metadata.DisplayMetadata;
import io.github.czi4j.metadata.DocumentMetadata;
import io.github.czi4j.metadata.PixelShifts;
import io.github.czi4j.metadata.Scene;
import io.github.czi4j.model.Bounds;
import io.github.czi4j.model.CacheStatistics;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.DisplaySettings;
import io.github.czi4j.model.FileInfo;
import io.github.czi4j.model.IndexRange;
import io.github.czi4j.model.PixelAllocator;
import io.github.czi4j.model.PixelShift;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.PlaneInfo;
import io.github.czi4j.model.SubblockInfo;
import io.github.czi4j.model.TransferStatistics;
import io.github.czi4j.mosaic.Composer;
import io.github.czi4j.mosaic.TileCache;
import io.github.czi4j.mosaic.TileLoader;
import io.github.czi4j.observe.Observer;
import io.github.czi4j.observe.Span;
import io.github.czi4j.observe.Stage;
import io.github.czi4j.ome.OmeInput;
import io.github.czi4j.ome.OmeXml;
import io.github.czi4j.zisraw.AttachmentEntry;
import io.github.czi4j.zisraw.DirectoryEntry;
import io.github.czi4j.zisraw.DirectoryWriter;
import io.github.czi4j.zisraw.FileHeader;
import io.github.czi4j.zisraw.FileSet;
import io.github.czi4j.zisraw.MetadataSegment;
import io.github.czi4j.zisraw.SubblockSegment;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    private final FileSet files;
    /** The first of the files. */
    private final ByteSource source;

    private final CziOptions options;
    private final Contents contents;
    private final FileHeader header;
    private final SubblockDirectory directory;
    private final Observer observer;
    private final TileCache cache;
    private final TileLoader loader;
    private final MosaicReader mosaics;
    private final List<String> problems;
    private volatile DocumentMetadata metadata;
    private volatile Map<Integer, PixelShift> pixelShifts;
    private volatile GroupScan.Result groups;

    private CziReader(FileSet files, Contents contents, CziOptions options, Observer observer) {
        this.files = files;
        this.source = files.main();
        this.contents = contents;
        this.options = options;
        this.observer = observer;
        this.header = contents.header();
        this.directory = contents.directory();
        this.cache = options.tileCacheBytes() > 0 ? new TileCache(options.tileCacheBytes()) : null;
        TileCache ofAll = options.keepsAllTiles() ? cache : null;
        this.loader = new TileLoader(files, directory, options.maxTileBytes(), options.isRescue(), ofAll, observer);
        this.mosaics = new MosaicReader(this, files, contents, loader, cache, options, observer);
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
     * Opens a file. If it is one of a set of files that make up one document (sheet §1.1), the others are opened with it:
     * {@code name.czi}, {@code name(1).czi} or {@code name (1).czi} and so on, in one folder and of one PrimaryFileGuid.
     * Whichever of them is given, the first one stands for all; its metadata and attachments are those of the document. A
     * follow-up file whose first file is not there is read alone. What is in files that are missing is reported as
     * damaged subblocks are.
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
        return open(FileSet.open(path, options.io()), options, opening, observer);
    }

    /**
     * Opens a file by its address, with the default options.
     *
     * @param uri of http, https or file
     * @return the reader; the caller closes it
     * @throws IllegalArgumentException if the address has another scheme or no host
     * @throws CziException if it is no CZI, cannot be read, or its directory is damaged beyond use
     */
    public static CziReader open(URI uri) throws CziException {
        return open(uri, CziOptions.defaults());
    }

    /**
     * Opens a file by its address. Of one behind http or https only what is asked for is transferred, by ranges; the
     * server must know those. Parts of a set are not looked for there: what is in other files is reported as damaged.
     *
     * @param uri of http, https or file
     * @param options how; {@link CziOptions#http()} says more
     * @return the reader; the caller closes it
     * @throws IllegalArgumentException if the address has another scheme or no host
     * @throws CziException if it is no CZI, cannot be read, or its directory is damaged beyond use
     */
    public static CziReader open(URI uri, CziOptions options) throws CziException {
        if ("file".equalsIgnoreCase(uri.getScheme())) {
            return open(Path.of(uri), options);
        }
        Observer observer = Observer.of(options.listener(), HttpByteSource.nameOf(uri));
        Span opening = observer.begin(Stage.OPEN);
        HttpOptions http = options.http();
        long buffers = Math.max(1 << 20, Math.min(http.bufferBytes(), options.memoryLimit() / 4));
        ByteSource source = HttpByteSource.open(uri, http.bufferBytes(buffers));
        return open(single(source), options, opening, observer);
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
        Span opening = observer.begin(Stage.OPEN);
        return open(single(source), options, opening, observer);
    }

    private static FileSet single(ByteSource source) throws CziException {
        try {
            return FileSet.single(source);
        } catch (RuntimeException | Error e) {
            source.close();
            throw e;
        }
    }

    private static CziReader open(FileSet given, CziOptions options, Span opening, Observer observer)
            throws CziException {
        FileSet files = given;
        try {
            FileHeader stored = options.isRescue() ? null : FileHeader.read(files.main());
            opening.end(files.main().size());
            Span span = observer.begin(Stage.DIRECTORY);
            Contents contents = options.isRescue()
                    ? Contents.rescue(files, files.mainNumber(), options.memoryLimit())
                    : Contents.read(files.main(), stored, options.memoryLimit());
            int[] parts = contents.directory().fileParts();
            if (parts.length > 1 || parts.length == 1 && parts[0] != files.mainNumber()) {
                files = files.search();
            }
            contents = contents.joinedWith(files, options.isRescue(), options.memoryLimit());
            span.end(0);
            return new CziReader(files, contents, options, observer);
        } catch (CziException | RuntimeException | Error e) {
            try {
                files.close();
            } catch (CziException closing) {
                e.addSuppressed(closing);
            }
            if (e instanceof InternalError) {
                throw CziException.io(
                        files.main().name(), CziException.NO_OFFSET, "the mapped file can no longer be read", e);
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
     * The file as such; of a set, the first one.
     *
     * @return its header
     */
    public FileInfo fileInfo() {
        return info(source, header);
    }

    /**
     * The files that make up the document.
     *
     * @return by their numbers; one as a rule
     */
    public List<FileInfo> parts() {
        List<FileInfo> parts = new ArrayList<>(List.of(fileInfo()));
        files.others().forEach(part -> parts.add(info(part.source(), part.header())));
        return Collections.unmodifiableList(parts);
    }

    private static FileInfo info(ByteSource source, FileHeader header) {
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
        return new Subblock(loader, directory.info(index));
    }

    /**
     * All subblocks, to be narrowed down.
     *
     * @return a view
     */
    public Subblocks subblocks() {
        return new Subblocks(directory, this::subblock);
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
     * The planes with what they span: not every plane of the dimensions' ranges needs to exist, nor every scene on each.
     *
     * @return in the order of first occurrence in the directory; each is looked at when the stream comes to it
     */
    public Stream<PlaneInfo> planes() {
        PlaneTable planes = directory.planes();
        return IntStream.range(0, planes.size()).mapToObj(planes::info);
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
    ByteBuffer directoryEntry(Subblock subblock, int compressionCode) throws CziException {
        int index = subblock.info().index();
        SubblockLocator.Located located = subblock.locate();
        long position = located.segment().position();
        ByteBuffer entry = SubblockSegment.entryBytes(located.source(), position);
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
     * @throws CziException if it cannot be read, or is larger than 512 MiB or {@link CziOptions#memoryLimit()}
     */
    public byte[] metadataXmlBytes() throws CziException {
        return metadataXmlBytes(1);
    }

    /** Copies the XML if the memory limit allows so many bytes for each of its own. */
    private byte[] metadataXmlBytes(int bytesPerByte) throws CziException {
        if (header.metadataPosition() == FileHeader.NONE) {
            return new byte[0];
        }
        Span span = observer.begin(Stage.METADATA);
        MetadataSegment segment = metadataSegment();
        if ((long) segment.xmlSize() * bytesPerByte > options.memoryLimit()) {
            throw CziException.limit(
                    source.name(),
                    "the metadata has " + segment.xmlSize() + " bytes, too many for the memory limit of "
                            + options.memoryLimit());
        }
        byte[] xml = new byte[segment.xmlSize()];
        source.read(segment.xmlPosition(), xml, 0, xml.length);
        span.end(xml.length);
        return xml;
    }

    private MetadataSegment metadataSegment() throws CziException {
        MetadataSegment segment = MetadataSegment.read(source, header.metadataPosition());
        if (segment.xmlSize() > MAX_XML) {
            throw CziException.limit(
                    source.name(), "the metadata has " + segment.xmlSize() + " bytes, more than " + MAX_XML);
        }
        return segment;
    }

    /**
     * The document's metadata as text.
     *
     * @return XML without a byte order mark and without trailing zeros, empty if the file has none; bytes that are no
     *     UTF-8 are replaced
     * @throws CziException if it cannot be read, or is larger than 512 MiB or a fifth of
     *     {@link CziOptions#memoryLimit()}
     */
    public String metadataXml() throws CziException {
        return trimXml(new String(metadataXmlBytes(5), StandardCharsets.UTF_8));
    }

    static String trimXml(String xml) {
        int end = xml.length();
        while (end > 0 && (xml.charAt(end - 1) == 0 || xml.charAt(end - 1) == ' ')) {
            end--;
        }
        return xml.substring(xml.startsWith("\uFEFF") ? 1 : 0, end);
    }

    /**
     * What the document's metadata says of the image. Read on the first call, in a piece of memory that does not grow with
     * the XML, and kept.
     *
     * @return what could be understood; XML that is damaged gives what stands before the damage, with a
     *     {@linkplain DocumentMetadata#problems() problem}
     * @throws CziException if the metadata cannot be read from the file, or is larger than 512 MiB
     */
    public DocumentMetadata metadata() throws CziException {
        DocumentMetadata known = metadata;
        if (known == null) {
            known = readMetadata();
            metadata = known;
        }
        return known;
    }

    private DocumentMetadata readMetadata() throws CziException {
        return fromMetadata(DocumentMetadata::read);
    }

    @FunctionalInterface
    private interface XmlParser<T> {
        T read(InputStream xml) throws IOException;
    }

    private <T> T fromMetadata(XmlParser<T> parser) throws CziException {
        if (header.metadataPosition() == FileHeader.NONE) {
            try {
                return parser.read(InputStream.nullInputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e); // nothing cannot fail
            }
        }
        Span span = observer.begin(Stage.METADATA);
        MetadataSegment segment = metadataSegment();
        try {
            return parser.read(segment.stream(source));
        } catch (CziException e) {
            throw e;
        } catch (IOException e) {
            throw CziException.io(source.name(), segment.xmlPosition(), "the metadata cannot be read", e);
        } finally {
            span.end(segment.xmlSize());
        }
    }

    /**
     * How the channels are shown, as the document says (sheet §5.4). Of channels of which it says nothing the range is
     * chosen from the picture, and the colour is that of the document's channel, or one of red, green, blue, cyan, magenta
     * and yellow where there are several.
     *
     * @return settings for each channel that has a subblock; for channel 0 in a file without C
     * @throws CziException if the metadata cannot be read from the file
     */
    public DisplaySettings displaySettings() throws CziException {
        SortedMap<Integer, PixelType> types = new TreeMap<>();
        for (int row = 0; row < directory.size(); row++) {
            int index = directory.has(row, Dimension.C) ? directory.index(row, Dimension.C) : 0;
            if (directory.has(row, Dimension.C) || bounds().range(Dimension.C).isEmpty()) {
                types.putIfAbsent(index, directory.pixelType(row));
            }
        }
        if (types.isEmpty()) {
            return new DisplaySettings(new TreeMap<>());
        }
        return fromMetadata(DisplayMetadata::read)
                .settings(
                        metadata(),
                        new TreeSet<>(types.keySet()),
                        index -> types.get(index).isColour());
    }

    /**
     * How far channels are to be moved so that they lie on each other, as the experiment in the document's metadata says;
     * see {@link MosaicRequest#pixelShift}.
     *
     * @return the channels with a shift, by C index (0 in a file without C); empty as a rule
     * @throws CziException if the metadata cannot be read from the file
     */
    public Map<Integer, PixelShift> pixelShifts() throws CziException {
        Map<Integer, PixelShift> known = pixelShifts;
        if (known == null) {
            known = readPixelShifts();
            pixelShifts = known;
        }
        return known;
    }

    private Map<Integer, PixelShift> readPixelShifts() throws CziException {
        PixelShifts shifts = fromMetadata(PixelShifts::read);
        IndexRange range = bounds().range(Dimension.C).orElse(new IndexRange(0, 0));
        return Collections.unmodifiableSortedMap(shifts.of(range, metadata()));
    }

    /**
     * Composes a picture of all channels as the document wants them shown.
     *
     * @param request what is wanted; without a C, else that channel alone is shown
     * @return 8-bit colour
     * @throws IllegalArgumentException if the request makes no sense for this file; the message says what would
     * @throws CziException as {@link #readMosaic} does
     */
    public Composite readComposite(MosaicRequest request) throws CziException {
        return readComposite(request, displaySettings());
    }

    /**
     * Composes a picture of several channels (sheet §7.7): each is a mosaic whose values go through a tone curve and a
     * colour and are added up, with saturation. The pixels are those of libCZI for the pixel types that it displays: Gray8,
     * Gray16, Bgr24 and Bgr48. Of Bgra32 alpha is not looked at; floats, complex numbers (their absolute value) and Gray32
     * are spread from the lowest to the highest value of the picture over 16 bits first. One channel is in memory at a
     * time. Where no channel has a tile, the request's background shows as those values would.
     *
     * @param request what is wanted; without a C, else that channel alone is shown
     * @param settings which channels, and how
     * @return 8-bit colour
     * @throws IllegalArgumentException if the request makes no sense for this file, or no channel is selected; the message
     *     says what would
     * @throws CziException as {@link #readMosaic} does
     */
    public Composite readComposite(MosaicRequest request, DisplaySettings settings) throws CziException {
        return new CompositeReader(this, observer, options.memoryLimit(), mosaics.parallelism(request))
                .read(request, settings);
    }

    /**
     * The scenes, with what the directory has of them and what the metadata says of them. Costs one pass over the
     * directory and one over the metadata on the first call; both are kept. Metadata that cannot be read is left out.
     *
     * @return by ascending S index; empty if neither directory nor metadata know any
     * @throws CziException if there are more scenes than {@link CziOptions#memoryLimit()} allows
     */
    public List<Scene> scenes() throws CziException {
        return Scene.all(bounds(), groups().scenes(), readableMetadata());
    }

    /**
     * The metadata as OME-XML, schema 2016-06: sizes and pixel types from the directory, all else from the document. See
     * {@link OmeXml} for how scenes, tiles and dimensions are told. Metadata that cannot be read is left out.
     *
     * @return an XML document, without pixels
     * @throws CziException if it would need more than {@link CziOptions#memoryLimit()}
     */
    public String omeXml() throws CziException {
        String path = source.name();
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        OmeInput input = new OmeInput(name, bounds(), groups().all(), scenes(), readableMetadata());
        long bytes = OmeXml.heapBytes(input);
        if (bytes > options.memoryLimit()) {
            throw CziException.limit(
                    source.name(),
                    "the OME-XML of all scenes and channels needs about " + bytes + " bytes, but the memory limit is "
                            + options.memoryLimit());
        }
        return OmeXml.of(input);
    }

    private GroupScan.Result groups() throws CziException {
        GroupScan.Result known = groups;
        if (known == null) {
            long bytes = (long) bounds().scenes().size() * GroupScan.BYTES_PER_SCENE;
            if (bytes > options.memoryLimit()) {
                throw CziException.limit(
                        source.name(),
                        bounds().scenes().size() + " scenes need about " + bytes + " bytes, but the memory limit is "
                                + options.memoryLimit());
            }
            known = GroupScan.of(directory);
            groups = known;
        }
        return known;
    }

    /** The metadata, or those of an empty document if they cannot be read. */
    private DocumentMetadata readableMetadata() {
        try {
            return metadata();
        } catch (CziException e) {
            LoggerFactory.getLogger(CziReader.class).debug("{}", e.getMessage());
            return DocumentMetadata.parse("");
        }
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
        return mosaics.plan(request);
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
        return mosaics.read(request, Composer.NEW_ARRAY);
    }

    /**
     * Composes a mosaic in an array of the caller's. Who reads many mosaics of one size saves what a new array costs each
     * time: two thirds of what copying uncompressed tiles does, and several times that where the heap is fresh
     * ({@code docs/performance.md}).
     *
     * <pre>{@code
     * MosaicPlan plan = czi.plan(request);
     * Pixels mine = Pixels.of(plan.width(), plan.height(), plan.pixelType(), array);   // or Pixels.allocate(…)
     * czi.readMosaic(request, mine);
     * }</pre>
     *
     * <p>Every pixel is written: the result is that of {@link #readMosaic(MosaicRequest)}, whatever was there before. Until
     * this returns the array belongs to the reader: other threads neither look at it nor read another mosaic into it. After
     * an exception it holds anything.
     *
     * @param request what is wanted
     * @param destination takes the image; of the size and pixel type that {@link #plan} tells
     * @return the destination and a report
     * @throws IllegalArgumentException if the request makes no sense for this file, or the destination is of another size
     *     or pixel type; the message says what would
     * @throws CziException as {@link #readMosaic(MosaicRequest)} does; the memory is that of
     *     {@link MosaicPlan#intoDestination}
     */
    public Mosaic readMosaic(MosaicRequest request, Pixels destination) throws CziException {
        return mosaics.read(request, destination);
    }

    /**
     * Composes a mosaic in an array that is asked for when its size is known, for instance the same one each time:
     *
     * <pre>{@code
     * PixelAllocator mine = PixelAllocator.reusing();
     * for (MosaicRequest request : requests) {
     *     use(czi.readMosaic(request, mine).pixels());   // good until the next call
     * }
     * }</pre>
     *
     * @param request what is wanted
     * @param allocator gives the array, on the calling thread; what that holds does not matter, and whose it is until this
     *     returns is said at {@link #readMosaic(MosaicRequest, Pixels)}. Asked again where the storage fails and all begins
     *     anew
     * @return the image and a report
     * @throws IllegalArgumentException if the request makes no sense for this file, or the allocator gives a bitmap of
     *     another size or pixel type than it is asked for
     * @throws CziException as {@link #readMosaic(MosaicRequest)} does; the array counts as if it were new
     */
    public Mosaic readMosaic(MosaicRequest request, PixelAllocator allocator) throws CziException {
        return mosaics.read(request, MosaicReader.checked(allocator));
    }

    /**
     * Composes a mosaic block by block, from top to bottom: for results that are larger than the memory, or than an
     * array. The pixels are those of {@link #readMosaic(MosaicRequest)}. Each block has an array of its own.
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
        return mosaics.readBlocks(request, rows, Composer.NEW_ARRAY, sink);
    }

    /**
     * The same in arrays of the caller's choice, for instance one for all blocks:
     *
     * <pre>{@code
     * czi.readBlocks(request, 0, PixelAllocator.reusing(), block -> …);   // a block is good until its sink returns
     * }</pre>
     *
     * @param request what is wanted
     * @param rows rows of a block; 0 for as many as half of {@link CziOptions#memoryLimit()} allows, counting one array
     * @param allocator gives each block its array, on the calling thread; what the array holds does not matter
     * @param sink takes the blocks, on the calling thread
     * @return what was odd
     * @throws IllegalArgumentException if the request makes no sense for this file, {@code rows} is negative, or the
     *     allocator gives a bitmap of another size or pixel type than it is asked for
     * @throws IOException as the other method does
     */
    public BlockReport readBlocks(MosaicRequest request, int rows, PixelAllocator allocator, MosaicBlock.Sink sink)
            throws IOException {
        return mosaics.readBlocks(request, rows, MosaicReader.checked(allocator), sink);
    }

    /**
     * What the cache of decoded tiles has done so far.
     *
     * @return empty if there is none, see {@link CziOptions#tileCache}
     */
    public Optional<CacheStatistics> cacheStatistics() {
        return Optional.ofNullable(cache).map(TileCache::statistics);
    }

    /**
     * What reading from a server has taken so far.
     *
     * @return empty for files and storage that count nothing
     */
    public Optional<TransferStatistics> transferStatistics() {
        return source.transferStatistics();
    }

    /**
     * Releases the file. Work that is going on in other threads fails.
     *
     * @throws CziException if the storage fails
     */
    @Override
    public void close() throws CziException {
        mosaics.close();
        if (cache != null) {
            cache.clear();
        }
        files.close();
    }
}
