package io.github.czi4j.zisraw;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Mask;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The attachment of a subblock whose metadata says {@code AttachmentSchema/DataFormat} = {@code CHUNKCONTAINER}: a list
 * of chunks (sheet §3.4).
 *
 * <table>
 * <caption>A chunk</caption>
 * <tr><th>offset</th><th>type</th><th>field</th></tr>
 * <tr><td>0</td><td>GUID</td><td>type; unknown ones are passed over</td></tr>
 * <tr><td>16</td><td>i32</td><td>size s of the payload</td></tr>
 * <tr><td>20</td><td>byte[s]</td><td>payload; the next chunk follows without a gap</td></tr>
 * </table>
 *
 * <table>
 * <caption>Payload of a mask</caption>
 * <tr><th>offset</th><th>type</th><th>field</th></tr>
 * <tr><td>0</td><td>i32</td><td>width in pixels</td></tr>
 * <tr><td>4</td><td>i32</td><td>height in pixels</td></tr>
 * <tr><td>8</td><td>i32</td><td>representation: 0 for one bit a pixel, others are unknown</td></tr>
 * <tr><td>12</td><td>i32</td><td>stride in bytes</td></tr>
 * <tr><td>16</td><td>bytes</td><td>rows, see {@link Mask}</td></tr>
 * </table>
 *
 * <p>An older layout has the type at 16 and the mask's payload at once behind it.
 */
public final class ChunkContainer {
    /** What the metadata calls such an attachment. */
    public static final String FORMAT = "CHUNKCONTAINER";

    private static final byte[] MASK = HexFormat.of().parseHex("67eae3cbfc5b2b49a16aece378031448");
    private static final int GUID = 16;
    private static final int CHUNK_HEADER = 20;
    private static final int MASK_HEADER = 16;
    private static final int MAX_XML = 16 << 20;
    private static final int MAX_DEPTH = 256;
    private static final String ROOT_END = "</METADATA>";
    private static final String ANNOUNCEMENT =
            "<AttachmentSchema><DataFormat>" + FORMAT + "</DataFormat></AttachmentSchema>";
    private static final String FORMAT_PATH = "/METADATA/AttachmentSchema/DataFormat";

    private final ByteSource source;
    private final long end;

    private ChunkContainer(ByteSource source, SubblockSegment segment) {
        this.source = source;
        this.end = segment.attachmentPosition() + segment.attachmentSize();
    }

    /**
     * A list of one chunk, a mask.
     *
     * @param mask which pixels are valid
     * @return the attachment of a subblock
     */
    public static byte[] of(Mask mask) {
        int stride = Mask.rowBytes(mask.width());
        int size = Math.addExact(MASK_HEADER, Math.multiplyExact(stride, mask.height()));
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.addExact(CHUNK_HEADER, size)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MASK).putInt(size);
        bytes.putInt(mask.width()).putInt(mask.height()).putInt(0).putInt(stride);
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < mask.width(); x++) {
                if (mask.isValid(x, y)) {
                    int at = bytes.position() + y * stride + (x >> 3);
                    bytes.put(at, (byte) (bytes.get(at) | 0x80 >> (x & 7)));
                }
            }
        }
        return bytes.array();
    }

    /**
     * The metadata of a subblock that has such an attachment.
     *
     * @param xml its other metadata, empty if there is none; else the root element is {@code METADATA}
     * @return metadata that say so
     * @throws IllegalArgumentException if the end of the root element cannot be found
     */
    public static String announcedIn(String xml) {
        if (xml.isBlank()) {
            return "<METADATA>" + ANNOUNCEMENT + ROOT_END;
        }
        if (FORMAT.equals(format(xml.getBytes(StandardCharsets.UTF_8)))) {
            return xml;
        }
        int end = xml.lastIndexOf(ROOT_END);
        if (end < 0) {
            throw new IllegalArgumentException("the metadata of a subblock with a mask must end with " + ROOT_END);
        }
        return xml.substring(0, end) + ANNOUNCEMENT + xml.substring(end);
    }

    /**
     * Reads the mask of a subblock.
     *
     * @param source the file
     * @param segment where the parts of the subblock lie
     * @param maxBytes most that a mask may have
     * @return empty if it has none
     * @throws CziException if the attachment is no list of chunks though the metadata says so, the mask contradicts
     *     itself or is of an unknown kind, or the storage fails
     */
    public static Optional<Mask> readMask(ByteSource source, SubblockSegment segment, long maxBytes)
            throws CziException {
        if (segment.attachmentSize() <= CHUNK_HEADER || !isContainer(source, segment)) {
            return Optional.empty();
        }
        ChunkContainer container = new ChunkContainer(source, segment);
        Place mask = container.findMask(segment.attachmentPosition());
        return mask == null ? Optional.empty() : Optional.of(container.mask(mask.position, mask.size, maxBytes));
    }

    /**
     * Whether a list of chunks has a mask, sound or not.
     *
     * @param source the file
     * @param segment where the parts of a subblock lie whose metadata says that its attachment is a list of chunks
     * @return true if so; false where the list is damaged before one is found
     * @throws CziException if the storage fails
     */
    public static boolean hasMask(ByteSource source, SubblockSegment segment) throws CziException {
        try {
            return new ChunkContainer(source, segment).findMask(segment.attachmentPosition()) != null;
        } catch (CziException e) {
            if (e.kind() == CziException.Kind.IO) {
                throw e;
            }
            return false;
        }
    }

    /** Where the payload of a mask lies. */
    private record Place(long position, long size) {}

    private static boolean isContainer(ByteSource source, SubblockSegment segment) throws CziException {
        int size = segment.metadataSize();
        if (size > MAX_XML) {
            throw CziException.limit(
                    source.name(), "the metadata of a subblock has " + size + " bytes, more than " + MAX_XML);
        }
        byte[] xml = new byte[size];
        source.read(segment.metadataPosition(), xml, 0, size);
        // Parsing costs more than all the rest, and most attachments of other kinds do not even have the word.
        return new String(xml, StandardCharsets.ISO_8859_1).contains(FORMAT) && FORMAT.equals(format(xml));
    }

    /** What the XML says up to where it may be damaged. */
    private static String format(byte[] xml) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        StringBuilder path = new StringBuilder();
        int depth = 0;
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    if (++depth > MAX_DEPTH) {
                        return "";
                    }
                    path.append('/').append(reader.getLocalName());
                    if (path.toString().equals(FORMAT_PATH)) {
                        return reader.getElementText();
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    depth--;
                    path.setLength(path.lastIndexOf("/"));
                }
            }
        } catch (XMLStreamException | RuntimeException e) {
            // The JDK's parser is known to throw more than it declares on damaged input.
            return "";
        }
        return "";
    }

    /** Null if there is none. */
    private Place findMask(long start) throws CziException {
        if (end - start >= 2 * GUID + MASK_HEADER && isMask(source.slice(start + GUID, GUID))) {
            return new Place(start + 2 * GUID, end - start - 2 * GUID);
        }
        long at = start;
        while (end - at > CHUNK_HEADER) {
            ByteBuffer header = source.slice(at, CHUNK_HEADER);
            int size = header.getInt(GUID);
            long payload = at + CHUNK_HEADER;
            if (size < 0 || size > end - payload) {
                throw CziException.corrupt(
                        source.name(),
                        at,
                        "a chunk announces " + size + " bytes, but the subblock's attachment has " + (end - payload)
                                + " left");
            }
            if (isMask(header)) {
                return new Place(payload, size);
            }
            at = payload + size;
        }
        return null;
    }

    private static boolean isMask(ByteBuffer guid) {
        for (int i = 0; i < GUID; i++) {
            if (guid.get(i) != MASK[i]) {
                return false;
            }
        }
        return true;
    }

    private Mask mask(long at, long size, long maxBytes) throws CziException {
        if (size < MASK_HEADER) {
            throw CziException.corrupt(
                    source.name(), at, "a mask has a header of " + MASK_HEADER + " bytes, but here are " + size);
        }
        ByteBuffer header = source.slice(at, MASK_HEADER);
        int width = header.getInt(0);
        int height = header.getInt(4);
        int representation = header.getInt(8);
        int stride = header.getInt(12);
        if (representation != 0) {
            throw CziException.unsupported(
                    source.name(), at, "a mask of representation " + representation + "; only 0 is known");
        }
        if (width < 0 || height < 0 || stride < Mask.rowBytes(Math.max(0, width))) {
            throw CziException.corrupt(
                    source.name(), at, "a mask of " + width + "×" + height + " pixels with " + stride + " bytes a row");
        }
        long bytes = Mask.byteCount(width, height, stride);
        if (bytes > size - MASK_HEADER) {
            throw CziException.corrupt(
                    source.name(),
                    at,
                    "a mask of " + width + "×" + height + " pixels needs " + bytes + " bytes, but has "
                            + (size - MASK_HEADER));
        }
        if (bytes > maxBytes || bytes > Integer.MAX_VALUE - 8) {
            throw CziException.limit(source.name(), "a mask has " + bytes + " bytes, more than " + maxBytes);
        }
        byte[] bits = new byte[(int) bytes];
        source.read(at + MASK_HEADER, bits, 0, bits.length);
        return new Mask(width, height, stride, bits);
    }
}
