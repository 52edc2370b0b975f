package io.github.czi4j;

import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.Mask;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A subblock to be written, less its pixels. Immutable; each method returns a changed copy.
 *
 * @param logical place in the document, in pixels of layer 0; not empty
 * @param storedWidth width of the bitmap in pixels, at least 1
 * @param storedHeight height of the bitmap in pixels, at least 1
 * @param pixelType layout of a pixel, not {@link PixelType#UNKNOWN}
 * @param compression how {@link CziWriter#add} stores the bitmap: uncompressed, Zstd0 or Zstd1
 * @param coordinate indices along Z C T R S I H V B
 * @param mIndex number of the mosaic tile, at least 0, if any
 * @param metadataXml the subblock's own metadata, empty for none
 * @param mask which pixels of the bitmap are valid, if not all are
 */
public record NewSubblock(
        Rect logical,
        int storedWidth,
        int storedHeight,
        PixelType pixelType,
        Compression compression,
        Coordinate coordinate,
        OptionalInt mIndex,
        String metadataXml,
        Optional<Mask> mask) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public NewSubblock {
        Objects.requireNonNull(logical, "logical");
        Objects.requireNonNull(pixelType, "pixelType");
        Objects.requireNonNull(compression, "compression");
        Objects.requireNonNull(coordinate, "coordinate");
        Objects.requireNonNull(mIndex, "mIndex");
        Objects.requireNonNull(metadataXml, "metadataXml");
        Objects.requireNonNull(mask, "mask");
        if (logical.isEmpty() || storedWidth < 1 || storedHeight < 1) {
            throw new IllegalArgumentException(
                    "a subblock has at least one pixel, not " + storedWidth + "×" + storedHeight + " at " + logical);
        }
        if (pixelType == PixelType.UNKNOWN) {
            throw new IllegalArgumentException("a subblock needs a pixel type");
        }
        if (mIndex.isPresent() && mIndex.getAsInt() < 0) {
            throw new IllegalArgumentException("the tile number must be at least 0, not " + mIndex.getAsInt());
        }
    }

    /**
     * An uncompressed subblock of full resolution, in no particular plane.
     *
     * @param logical place in the document, in pixels of layer 0
     * @param pixelType layout of a pixel
     * @return the subblock
     */
    public static NewSubblock of(Rect logical, PixelType pixelType) {
        return new NewSubblock(
                logical,
                logical.width(),
                logical.height(),
                pixelType,
                Compression.UNCOMPRESSED,
                Coordinate.EMPTY,
                OptionalInt.empty(),
                "",
                Optional.empty());
    }

    /**
     * Sets the indices.
     *
     * @param indices along Z C T R S I H V B
     * @return changed subblock
     */
    public NewSubblock at(Coordinate indices) {
        return new NewSubblock(
                logical, storedWidth, storedHeight, pixelType, compression, indices, mIndex, metadataXml, mask);
    }

    /**
     * Sets the tile number.
     *
     * @param number at least 0; higher ones lie on top
     * @return changed subblock
     */
    public NewSubblock m(int number) {
        return new NewSubblock(
                logical,
                storedWidth,
                storedHeight,
                pixelType,
                compression,
                coordinate,
                OptionalInt.of(number),
                metadataXml,
                mask);
    }

    /**
     * Sets the compression.
     *
     * @param value how the bitmap is stored
     * @return changed subblock
     */
    public NewSubblock compressed(Compression value) {
        return new NewSubblock(
                logical, storedWidth, storedHeight, pixelType, value, coordinate, mIndex, metadataXml, mask);
    }

    /**
     * Sets the size of the bitmap, which makes it a pyramid tile if it is smaller than the place in either direction.
     *
     * @param width pixels, at least 1
     * @param height pixels, at least 1
     * @return changed subblock
     */
    public NewSubblock stored(int width, int height) {
        return new NewSubblock(logical, width, height, pixelType, compression, coordinate, mIndex, metadataXml, mask);
    }

    /**
     * Sets the subblock's own metadata.
     *
     * @param xml root element {@code METADATA}
     * @return changed subblock
     */
    public NewSubblock metadata(String xml) {
        return new NewSubblock(
                logical, storedWidth, storedHeight, pixelType, compression, coordinate, mIndex, xml, mask);
    }

    /**
     * Says which pixels of the bitmap are valid (sheet §3.4). The subblock's metadata will announce the mask; if there is
     * any, its root element must be {@code METADATA} with an end tag.
     *
     * @param validPixels as large as the bitmap; what it does not reach is not valid
     * @return changed subblock
     */
    public NewSubblock masked(Mask validPixels) {
        return new NewSubblock(
                logical,
                storedWidth,
                storedHeight,
                pixelType,
                compression,
                coordinate,
                mIndex,
                metadataXml,
                Optional.of(validPixels));
    }

    /** Size of the bitmap in bytes. */
    long decodedBytes() {
        return (long) storedWidth * storedHeight * pixelType.bytesPerPixel();
    }

    /** Whether it is stored with fewer pixels than its place has. */
    boolean isReduced() {
        return storedWidth < logical.width() || storedHeight < logical.height();
    }
}
