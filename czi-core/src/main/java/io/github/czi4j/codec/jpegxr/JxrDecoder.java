package io.github.czi4j.codec.jpegxr;

/**
 * Decodes JPEG XR files: {@code .jxr}, {@code .wdp}, {@code .hdp}, or the payload of a CZI subblock.
 *
 * <pre>{@code
 * JxrImage image = JxrDecoder.decode(Files.readAllBytes(path), JxrDecoder.DEFAULT_MAX_BYTES);
 * }</pre>
 *
 * <p>The static methods are stateless and thread-safe. For many pictures of one size make an instance for each thread:
 * {@link #decodeNext} works in the memory that the picture before took, and only the samples are new.
 */
public final class JxrDecoder {
    /** A sensible limit for {@link #decode}: a gigabyte. */
    public static final long DEFAULT_MAX_BYTES = 1L << 30;

    private RowReconstruction.Buffers buffers;

    /** Makes a decoder for one thread. It keeps what the last picture took to work on. */
    public JxrDecoder() {}

    /** What to do where the data end early. */
    public enum Truncation {
        /** There is no picture. */
        REFUSE,
        /** Missing bits are 0, as jxrlib has it; the picture says that it is {@linkplain JxrImage#isTruncated cut}. */
        PAD
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
     * Decodes a file.
     *
     * @param file all of it; not changed
     * @param maxBytes the most memory that the decoded samples and the work on them may take each
     * @return the picture, in the format that the container names
     * @throws JxrException if it is damaged, too large, or of a kind that is not decoded; no other exception, whatever
     *     the bytes
     */
    public static JxrImage decode(byte[] file, long maxBytes) throws JxrException {
        return decode(file, file.length, maxBytes, Truncation.REFUSE);
    }

    /**
     * Decodes the beginning of an array.
     *
     * @param file holds the file from index 0 on; not changed
     * @param length of the file
     * @param maxBytes the most memory that the decoded samples may take; the work on them may take eight times as much
     * @param truncation what to do where the data end early
     * @return the picture, in the format that the container names
     * @throws JxrException if it is damaged, too large, or of a kind that is not decoded; no other exception, whatever
     *     the bytes
     */
    public static JxrImage decode(byte[] file, int length, long maxBytes, Truncation truncation) throws JxrException {
        return decode(file, length, maxBytes, truncation, false, null);
    }

    /**
     * Decodes the beginning of an array as {@link #decode(byte[], int, long, Truncation)} does, in the memory of the
     * picture before where that has the same size. Not thread-safe.
     *
     * @param file holds the file from index 0 on; not changed
     * @param length of the file
     * @param maxBytes the most memory that the decoded samples may take; the work on them may take eight times as much
     * @param truncation what to do where the data end early
     * @return the picture, in the format that the container names; its samples are its own
     * @throws JxrException if it is damaged, too large, or of a kind that is not decoded; no other exception, whatever
     *     the bytes
     */
    public JxrImage decodeNext(byte[] file, int length, long maxBytes, Truncation truncation) throws JxrException {
        return decode(file, length, maxBytes, truncation, false, this);
    }

    /** Decodes, on request by the plain transforms for whole planes only, or with the memory of a decoder. */
    static JxrImage decode(
            byte[] file, int length, long maxBytes, Truncation truncation, boolean isPlain, JxrDecoder decoder)
            throws JxrException {
        JxrContainer container = JxrContainer.read(file, length);
        try {
            return decode(file, container, maxBytes, truncation == Truncation.PAD, isPlain, decoder);
        } catch (IndexOutOfBoundsException | ArithmeticException | NegativeArraySizeException e) {
            // Every number is checked where it is read; this is the last line of defence.
            throw JxrException.corrupt(container.imageOffset(), "the stream contradicts itself: " + e.getMessage());
        }
    }

    private static JxrImage decode(
            byte[] file, JxrContainer container, long maxBytes, boolean isLenient, boolean isPlain, JxrDecoder decoder)
            throws JxrException {
        JxrPixelFormat format = container.format();
        Codestream stream = new Codestream(file, container.imageOffset(), container.imageEnd(), isLenient);
        ImageHeader image = stream.image();
        if (!OutputFormatter.fits(image, stream.primary(), format)) {
            throw JxrException.unsupported(
                    container.imageOffset(),
                    "a codestream of colour format " + image.outputColour() + ", depth " + image.outputDepth()
                            + " and internal format " + stream.primary().colour + " is no " + format.label());
        }
        long bytes = format.bytes(image.width(), image.height());
        checkLimit(bytes, maxBytes, image);
        checkLimit(stream.workingBytes() / 8, Math.max(maxBytes, 1 << 20), image);
        boolean isBits = format.bitsPerSample() == 1;
        if (!isPlain && RowReconstruction.isFor(stream, format)) {
            byte[] samples = new byte[(int) bytes];
            RowReconstruction rows =
                    new RowReconstruction(stream, format, samples, decoder == null ? null : decoder.buffers);
            if (decoder != null) {
                decoder.buffers = rows.buffers();
            }
            rows.decode();
            return image(container, stream, samples, false);
        }
        stream.decode();
        byte[] samples = new byte[isBits ? Math.multiplyExact(image.width(), image.height()) : (int) bytes];
        OutputFormatter output = new OutputFormatter(image, stream.primary(), format, stream.components(), samples);
        output.writeColours();
        boolean hasStoredAlpha = format.hasAlpha() && writeAlpha(file, container, stream, output, maxBytes);
        return image(container, stream, samples, hasStoredAlpha);
    }

    private static JxrImage image(JxrContainer container, Codestream stream, byte[] samples, boolean hasStoredAlpha)
            throws JxrException {
        JxrPixelFormat format = container.format();
        ImageHeader image = stream.image();
        Oriented oriented = Oriented.of(samples, image.width(), image.height(), format, container.orientation());
        return new JxrImage(
                oriented.width(),
                oriented.height(),
                format,
                format.bitsPerSample() == 1 ? pack(oriented) : oriented.samples(),
                container.horizontalDpi(),
                container.verticalDpi(),
                container.iccProfile(),
                stream.isTruncated(),
                hasStoredAlpha);
    }

    private static void checkLimit(long bytes, long maxBytes, ImageHeader image) throws JxrException {
        if (bytes > Math.min(maxBytes, Integer.MAX_VALUE - 8)) {
            throw new JxrException(
                    JxrException.Kind.LIMIT,
                    0,
                    "a picture of " + image.width() + "×" + image.height() + " pixels needs " + bytes
                            + " bytes, more than " + maxBytes);
        }
    }

    private static boolean writeAlpha(
            byte[] file, JxrContainer container, Codestream stream, OutputFormatter output, long maxBytes)
            throws JxrException {
        if (stream.hasAlpha()) {
            output.writeInterleavedAlpha(stream.alphaSamples());
            return true;
        }
        if (!container.hasPlanarAlpha()) {
            output.writeOpaqueAlpha();
            return false;
        }
        Codestream alpha = new Codestream(file, container.alphaOffset(), container.alphaEnd(), false);
        ImageHeader own = alpha.image();
        ImageHeader image = stream.image();
        boolean isSameSize = own.width() == image.width()
                && own.height() == image.height()
                && own.left() == image.left()
                && own.top() == image.top()
                && own.macroblockColumns() == image.macroblockColumns();
        if (!isSameSize || own.outputDepth() != image.outputDepth() || alpha.primary().colour != ImageHeader.YONLY) {
            throw JxrException.corrupt(container.alphaOffset(), "the alpha plane does not fit the picture");
        }
        checkLimit(alpha.workingBytes() / 8, Math.max(maxBytes, 1 << 20), own);
        alpha.decode();
        output.writePlanarAlpha(alpha.components()[0], new SampleConversion(own.outputDepth(), alpha.primary()));
        return true;
    }

    /** Eight pixels a byte, the first in the most significant bit; rows padded to bytes. */
    private static byte[] pack(Oriented image) {
        int rowBytes = (image.width() + 7) / 8;
        byte[] packed = new byte[Math.multiplyExact(rowBytes, image.height())];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                packed[y * rowBytes + x / 8] |= (byte) (image.samples()[y * image.width() + x] << 7 - x % 8);
            }
        }
        return packed;
    }

    /** A picture turned as the container asks for (sheet §1.2). */
    private record Oriented(byte[] samples, int width, int height) {
        static Oriented of(byte[] samples, int width, int height, JxrPixelFormat format, int orientation)
                throws JxrException {
            if (orientation == 0) {
                return new Oriented(samples, width, height);
            }
            if (format == JxrPixelFormat.YCC420 || format == JxrPixelFormat.YCC422) {
                throw JxrException.unsupported(0, "a subsampled picture that is turned");
            }
            int size = samples.length / (width * height);
            boolean isRotated = orientation >= 4;
            boolean flipsVertically = (orientation & 1) != 0;
            boolean flipsHorizontally = (orientation & 2) != 0;
            int newWidth = isRotated ? height : width;
            int newHeight = isRotated ? width : height;
            byte[] turned = new byte[samples.length];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int toX = isRotated ? height - 1 - y : x;
                    int toY = isRotated ? x : y;
                    toX = flipsHorizontally ? newWidth - 1 - toX : toX;
                    toY = flipsVertically ? newHeight - 1 - toY : toY;
                    System.arraycopy(samples, (y * width + x) * size, turned, (toY * newWidth + toX) * size, size);
                }
            }
            return new Oriented(turned, newWidth, newHeight);
        }
    }
}
