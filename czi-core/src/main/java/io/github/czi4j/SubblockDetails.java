package io.github.czi4j;

import io.github.czi4j.metadata.SubblockMetadata;

/**
 * What a subblock says of itself, besides its pixels.
 *
 * @param metadata its XML
 * @param metadataBytes size of the XML as stored
 * @param storedBytes size of the payload as stored
 * @param attachmentBytes size of its own attachment, 0 for none
 * @param hasMask whether the attachment has a mask of valid pixels; whether that makes sense is seen when it is
 *     {@linkplain Subblock#mask() read}
 */
public record SubblockDetails(
        SubblockMetadata metadata, int metadataBytes, long storedBytes, int attachmentBytes, boolean hasMask) {}
