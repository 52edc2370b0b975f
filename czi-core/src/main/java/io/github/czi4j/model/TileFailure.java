package io.github.czi4j.model;

import java.util.List;

/**
 * A subblock that could not be drawn.
 *
 * @param index its index in the directory
 * @param filePosition offset of its segment in the file
 * @param reason what is wrong, naming file and offset
 * @param holes parts of the output that nothing else covers and that show the background instead, in output pixels
 */
public record TileFailure(int index, long filePosition, CziException reason, List<Rect> holes) {}
