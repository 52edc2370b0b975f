package io.github.czi4j.codec.jpegxr;

import io.github.czi4j.codec.jpegxr.JxrOptions.Resolution;
import io.github.czi4j.codec.jpegxr.JxrOptions.Truncation;
import io.github.czi4j.model.Rect;
import java.util.concurrent.Executor;

/**
 * Decodes JPEG XR files: {@code .jxr}, {@code .wdp}, {@code .hdp}, or the payload of a CZI subblock.
 *
 * <pre>{@code
 * JxrImage image = JxrDecoder.decode(Files.readAllBytes(path), JxrOptions.defaults());
 * }</pre>
 *
 * <p>The static methods are stateless and thread-safe. For many pictures of one size make an instance for each thread:
 * {@link #decodeNext} works in the memory that the picture before took, and only the samples are new.
 */
public final class JxrDecoder {
    /** Work on a picture may take as many times its limit, and this much in any case. */
    private static final int WORK = 8;

    private static final long MIN_WORK = 8 << 20;

    /** Smaller pictures, 512² pixels, are nearly done before an assistant comes. */
    private static final int MIN_MACROBLOCKS_TO_SHARE = 1024;

    private static final byte[] NO_SAMPLES = new byte[0];
    private static final JxrTarget NEW_ARRAY = new JxrTarget() {};

    private final int minMacroblocksToShare;
    private RowReconstruction.Buffers buffers;
    private Executor assistant;
    private JxrTarget target = NEW_ARRAY;

    /** Makes a decoder for one thread. It keeps what the last picture took to work on. */
    public JxrDecoder() {
        this(MIN_MACROBLOCKS_TO_SHARE);
    }

    JxrDecoder(int minMacroblocksToShare) {
        this.minMacroblocksToShare = minMacroblocksToShare;
    }

    private Executor assistant(Extent extent) {
        return (long) extent.columns() * extent.rows() >= minMacroblocksToShare ? assistant : null;
    }

    /**
     * Whether bytes begin as a JPEG XR file does.
     *
     * @param bytes at least the first four bytes of a file
     * @return true if so
     */
    public static boolean hasMagic(byte[] bytes) {
        return JxrContainer.hasMagic(bytes, bytes.length);
    }

    /**
     * Reads what a file says of its picture, without decoding it.
     *
     * @param file all of it; not changed
     * @return size, format and more
     * @throws JxrException if it is damaged or of a kind that is not decoded
     */
    public static JxrHeader readHeader(byte[] file) throws JxrException {
        JxrContainer container = JxrContainer.read(file, file.length);
        try {
            ImageHeader image = new Codestream(file, container.imageOffset(), container.imageEnd(), true).image();
            Orientation orientation = container.orientation();
            return new JxrHeader(
                    orientation.width(image.width(), image.height()),
                    orientation.height(image.width(), image.height()),
                    container.format(),
                    container.horizontalDpi(),
                    container.verticalDpi(),
                    container.iccProfile());
        } catch (IndexOutOfBoundsException | ArithmeticException | NegativeArraySizeException e) {
            throw contradiction(container, e);
        }
    }

    /**
     * Decodes a file.
     *
     * @param file all of it; not changed
     * @param options what is decoded, and how
     * @return the picture, in the format that the container names
     * @throws JxrException if it is damaged, too large, or of a kind that is not decoded; no other exception, whatever
     *     the bytes
     * @throws IllegalArgumentException if the options name a region that is not inside the picture
     */
    public static JxrImage decode(byte[] file, JxrOptions options) throws JxrException {
        return decode(file, file.length, options);
    }

    /**
     * Decodes the beginning of an array.
     *
     * @param file holds the file from index 0 on; not changed
     * @param length of the file
     * @param options what is decoded, and how
     * @return the picture, in the format that the container names
     * @throws JxrException if it is damaged, too large, or of a kind that is not decoded; no other exception, whatever
     *     the bytes
     * @throws IllegalArgumentException if the options name a region that is not inside the picture
     */
    public static JxrImage decode(byte[] file, int length, JxrOptions options) throws JxrException {
        return decode(file, length, options, false, null);
    }

    /**
     * Decodes the beginning of an array as {@link #decode(byte[], int, JxrOptions)} does, in the memory of the picture
     * before where that has the same size. Not thread-safe.
     *
     * @param file holds the file from index 0 on; not changed
     * @param length of the file
     * @param options what is decoded, and how
     * @return the picture, in the format that the container names; its samples are its own
     * @throws JxrException if it is damaged, too large, or of a kind that is not decoded; no other exception, whatever
     *     the bytes
     * @throws IllegalArgumentException if the options name a region that is not inside the picture
     */
    public JxrImage decodeNext(byte[] file, int length, JxrOptions options) throws JxrException {
        return decodeNext(file, length, options, null, NEW_ARRAY);
    }

    /**
     * The same with another thread that does part of the work on larger pictures of grey or RGB: a quarter of it, and where the
     * flexbits stand in packets of their own, up to half.
     *
     * @param file holds the file from index 0 on; not changed
     * @param length of the file
     * @param options what is decoded, and how
     * @param helper runs one task for each such picture, on another thread than the calling one; if it does so too late,
     *     or rejects it, the calling thread does it all. Null for nobody
     * @param output says what is wanted of the picture, and takes it
     * @return the picture, in the format that the container names; no higher than the rows that are wanted, and without
     *     samples if the target took them row by row
     * @throws JxrException if it is damaged, too large, or of a kind that is not decoded; no other exception, whatever
     *     the bytes
     * @throws IllegalArgumentException if the options name a region that is not inside the picture
     */
    public JxrImage decodeNext(byte[] file, int length, JxrOptions options, Executor helper, JxrTarget output)
            throws JxrException {
        assistant = helper;
        target = output;
        try {
            return decode(file, length, options, false, this);
        } finally {
            assistant = null;
            target = NEW_ARRAY;
        }
    }

    /** Decodes, on request by the plain transforms for whole planes only, or with the memory of a decoder. */
    static JxrImage decode(byte[] file, int length, JxrOptions options, boolean isPlain, JxrDecoder decoder)
            throws JxrException {
        JxrContainer container = JxrContainer.read(file, length);
        try {
            JxrTarget target = decoder == null ? NEW_ARRAY : decoder.target;
            return new Picture(file, container, options, target).decode(isPlain, decoder);
        } catch (IndexOutOfBoundsException | ArithmeticException | NegativeArraySizeException e) {
            throw contradiction(container, e);
        }
    }

    /** Every number is checked where it is read; this is the last line of defence. */
    private static JxrException contradiction(JxrContainer container, RuntimeException e) {
        return JxrException.corrupt(container.imageOffset(), "the stream contradicts itself: " + e.getMessage());
    }

    /** One picture on its way. */
    private static final class Picture {
        private final byte[] file;
        private final JxrContainer container;
        private final JxrPixelFormat format;
        private final JxrOptions options;
        private final JxrTarget target;
        private final Resolution resolution;
        private final Codestream stream;
        private final ImageHeader image;
        /** The part of the coded picture, without margins. */
        private final Rect region;
        /** Size of the decoded part. */
        private final int width;

        private final int height;

        Picture(byte[] file, JxrContainer container, JxrOptions options, JxrTarget target) throws JxrException {
            this.file = file;
            this.container = container;
            this.format = container.format();
            this.options = options;
            this.target = target;
            this.resolution = options.resolution();
            boolean isLenient = options.truncation() == Truncation.PAD;
            this.stream = new Codestream(file, container.imageOffset(), container.imageEnd(), isLenient);
            this.image = stream.image();
            if (!OutputFormatter.fits(image, stream.primary(), format)) {
                throw JxrException.unsupported(
                        container.imageOffset(),
                        "a codestream of colour format " + image.outputColour() + ", depth " + image.outputDepth()
                                + " and internal format " + stream.primary().colour + " is no " + format.label());
            }
            this.region = region();
            this.width = -Math.floorDiv(-region.width(), resolution.divisor());
            this.height = -Math.floorDiv(-region.height(), resolution.divisor());
            checkSubsampled();
        }

        private Rect region() {
            Rect whole = new Rect(0, 0, image.width(), image.height());
            Orientation orientation = container.orientation();
            if (options.region().isEmpty()) {
                return resolution == Resolution.FULL && orientation.isIdentity() ? wanted() : whole;
            }
            Rect turned = options.region().get();
            int turnedWidth = orientation.width(image.width(), image.height());
            int turnedHeight = orientation.height(image.width(), image.height());
            if (!new Rect(0, 0, turnedWidth, turnedHeight).contains(turned)) {
                throw new IllegalArgumentException(
                        "the region " + turned + " is not inside the " + turnedWidth + "×" + turnedHeight + " pixels");
            }
            return orientation.coded(turned, image.width(), image.height());
        }

        private Rect wanted() {
            int rows = target.rows(image.width(), image.height(), format);
            return new Rect(0, 0, image.width(), Math.max(1, Math.min(rows, image.height())));
        }

        /** Pixels that share chroma cannot be taken apart. */
        private void checkSubsampled() throws JxrException {
            if (!format.order().isSubsampled()) {
                return;
            }
            if (!container.orientation().isIdentity()) {
                throw JxrException.unsupported(0, "a subsampled picture that is turned");
            }
            if (resolution == Resolution.SIXTEENTH) {
                throw JxrException.unsupported(0, "a sixteenth of a subsampled picture");
            }
            int step = 2 * resolution.divisor();
            if (region.x() % step != 0 || region.y() % step != 0) {
                throw JxrException.unsupported(0, "a region of a subsampled picture that begins off its grid");
            }
        }

        JxrImage decode(boolean isPlain, JxrDecoder decoder) throws JxrException {
            long bytes = format.bytes(width, height);
            if (bytes > options.maxBytes()) {
                throw limit(bytes, options.maxBytes());
            }
            Extent extent = extent(image, stream.primary());
            checkWork(stream.workingBytes(extent));
            Area area = area(image, extent);
            boolean isBits = format.bitsPerSample() == 1;
            int count = checkedLength(isBits ? (long) width * height : bytes);
            boolean hasStoredAlpha = false;
            byte[] samples;
            if (!isPlain && resolution == Resolution.FULL && RowReconstruction.isFor(stream, format)) {
                boolean goesByRow = container.orientation().isIdentity() && target.takesRows();
                // Every sample is written, so that the array may hold anything.
                samples = goesByRow ? NO_SAMPLES : target.array(count);
                RowReconstruction rows = new RowReconstruction(
                        stream,
                        extent,
                        area,
                        format,
                        goesByRow ? target::row : RowOutput.into(samples, format.bytes(width, 1)),
                        decoder == null ? null : decoder.buffers,
                        decoder == null ? null : decoder.assistant(extent));
                if (decoder != null) {
                    decoder.buffers = rows.buffers();
                }
                rows.decode();
            } else {
                samples = new byte[count];
                hasStoredAlpha = decodePlanes(extent, area, samples);
            }
            return finish(samples, hasStoredAlpha);
        }

        private Extent extent(ImageHeader header, PlaneHeader plane) {
            return Extent.of(
                    header,
                    plane,
                    header.left() + region.x(),
                    header.top() + region.y(),
                    region.width(),
                    region.height());
        }

        private Area area(ImageHeader header, Extent extent) {
            int divisor = resolution.divisor();
            int side = 16 / divisor;
            return new Area(
                    (header.left() + region.x()) / divisor - side * extent.left(),
                    (header.top() + region.y()) / divisor - side * extent.first(),
                    width,
                    height,
                    side * extent.columns());
        }

        /** Whether alpha came from the stream. */
        private boolean decodePlanes(Extent extent, Area area, byte[] samples) throws JxrException {
            PlaneBuffer colours = PlaneBuffer.of(stream.primary(), extent, resolution);
            PlaneBuffer alpha = stream.alpha() == null ? null : PlaneBuffer.of(stream.alpha(), extent, resolution);
            stream.read(extent, resolution.bands(), colours, alpha, row -> {});
            int[][] components = new Reconstruction(image, extent, colours).components(resolution);
            OutputFormatter output = new OutputFormatter(image, stream.primary(), format, components, area, samples);
            output.writeColours();
            if (!format.hasAlpha()) {
                return false;
            }
            if (alpha != null) {
                output.writeInterleavedAlpha(new Reconstruction(image, extent, alpha).components(resolution)[0]);
                return true;
            }
            if (!container.hasPlanarAlpha()) {
                output.writeOpaqueAlpha();
                return false;
            }
            writePlanarAlpha(output);
            return true;
        }

        private void writePlanarAlpha(OutputFormatter output) throws JxrException {
            Codestream alpha = new Codestream(file, container.alphaOffset(), container.alphaEnd(), false);
            ImageHeader own = alpha.image();
            boolean isSameSize = own.width() == image.width() && own.height() == image.height();
            if (!isSameSize
                    || own.outputDepth() != image.outputDepth()
                    || alpha.primary().colour != ImageHeader.YONLY) {
                throw JxrException.corrupt(container.alphaOffset(), "the alpha plane does not fit the picture");
            }
            Extent extent = extent(own, alpha.primary());
            checkWork(alpha.workingBytes(extent));
            PlaneBuffer buffer = PlaneBuffer.of(alpha.primary(), extent, resolution);
            alpha.read(extent, resolution.bands(), buffer, null, row -> {});
            int[][] components = new Reconstruction(own, extent, buffer).components(resolution);
            output.writePlanarAlpha(
                    components[0], area(own, extent), new SampleConversion(own.outputDepth(), alpha.primary()));
        }

        private JxrImage finish(byte[] samples, boolean hasStoredAlpha) {
            Orientation orientation = container.orientation();
            byte[] turned = orientation.isIdentity() ? samples : orientation.turn(samples, width, height);
            int turnedWidth = orientation.width(width, height);
            int turnedHeight = orientation.height(width, height);
            return new JxrImage(
                    turnedWidth,
                    turnedHeight,
                    format,
                    format.bitsPerSample() == 1 ? pack(turned, turnedWidth, turnedHeight) : turned,
                    container.horizontalDpi(),
                    container.verticalDpi(),
                    container.iccProfile(),
                    stream.isTruncated(),
                    hasStoredAlpha);
        }

        private void checkWork(long bytes) throws JxrException {
            long most = Math.max(options.maxBytes(), MIN_WORK / WORK);
            if (bytes / WORK > most) {
                throw limit(bytes, most * WORK);
            }
        }

        private int checkedLength(long bytes) throws JxrException {
            if (bytes > Integer.MAX_VALUE - 8) {
                throw limit(bytes, Integer.MAX_VALUE - 8);
            }
            return (int) bytes;
        }

        private JxrException limit(long bytes, long maxBytes) {
            return new JxrException(
                    JxrException.Kind.LIMIT,
                    0,
                    "a picture of " + width + "×" + height + " pixels needs " + bytes + " bytes, more than "
                            + maxBytes);
        }
    }

    /** Eight pixels a byte, the first in the most significant bit; rows padded to bytes. */
    private static byte[] pack(byte[] samples, int width, int height) {
        int rowBytes = (width + 7) / 8;
        byte[] packed = new byte[Math.multiplyExact(rowBytes, height)];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                packed[y * rowBytes + x / 8] |= (byte) (samples[y * width + x] << 7 - x % 8);
            }
        }
        return packed;
    }
}
