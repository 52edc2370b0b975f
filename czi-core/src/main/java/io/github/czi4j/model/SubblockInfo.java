package io.github.czi4j.model;

import java.util.List;
import java.util.OptionalInt;

/**
 * What the directory says of one subblock (sheet §2.1).
 *
 * @param index position in the directory, from 0
 * @param coordinate indices along Z C T R S I H V B, as far as the entry has them
 * @param mIndex number of the mosaic tile, empty if the entry has none
 * @param logical place in the document, in pixels of layer 0; raw coordinates of any sign
 * @param storedWidth width of the bitmap in pixels, at least 1
 * @param storedHeight height of the bitmap in pixels, at least 1
 * @param pixelType layout of a pixel
 * @param pixelTypeCode the code that is stored for it
 * @param compression how the bitmap is stored
 * @param compressionCode the code that is stored for it
 * @param pyramidType 0 none, 1 single subblock, 2 multi-subblock; informative, see {@link #isLayer0()}
 * @param filePart number of the file that holds the segment, 0 for the first or only one
 * @param filePosition offset of the segment in that file, in bytes
 * @param extents dimensions along which it goes on beyond its coordinate, those that change fastest first; empty as a rule
 * @param otherDimensions dimensions that the format does not define; empty as a rule
 */
public record SubblockInfo(
        int index,
        Coordinate coordinate,
        OptionalInt mIndex,
        Rect logical,
        int storedWidth,
        int storedHeight,
        PixelType pixelType,
        int pixelTypeCode,
        Compression compression,
        int compressionCode,
        int pyramidType,
        int filePart,
        long filePosition,
        List<Extent> extents,
        List<OtherDimension> otherDimensions) {
    /**
     * Copies the lists.
     */
    public SubblockInfo {
        extents = List.copyOf(extents);
        otherDimensions = List.copyOf(otherDimensions);
    }

    /**
     * Whether the bitmap has the full resolution: the rule by which every reader tells pyramid tiles apart (sheet
     * §2.6), whatever the pyramid byte says.
     *
     * @return true if stored and logical size are equal
     */
    public boolean isLayer0() {
        return storedWidth == logical.width() && storedHeight == logical.height();
    }

    /**
     * Size of the decoded bitmap.
     *
     * @return bytes, 0 if the pixel type is unknown; may exceed what one array can hold
     */
    public long decodedBytes() {
        return (long) storedWidth * storedHeight * pixelType.bytesPerPixel();
    }

    /**
     * Number of bitmaps that the subblock announces, one for each index of its {@linkplain #extents extents}. Whether they
     * are there is known from the payload alone.
     *
     * @return 1 as a rule; {@link Integer#MAX_VALUE} for more
     */
    public int announcedPlanes() {
        return Extent.planes(extents);
    }
}
