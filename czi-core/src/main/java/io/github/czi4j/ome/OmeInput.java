package io.github.czi4j.ome;

import io.github.czi4j.metadata.DocumentMetadata;
import io.github.czi4j.metadata.Scene;
import io.github.czi4j.model.Bounds;
import io.github.czi4j.model.SubblockGroup;
import java.util.List;

/**
 * What OME-XML is made of.
 *
 * @param name of the file, without its folder
 * @param bounds what the document spans
 * @param contents planes, pixel types and layers of the whole file
 * @param scenes of the file
 * @param metadata of the document
 */
public record OmeInput(
        String name, Bounds bounds, SubblockGroup contents, List<Scene> scenes, DocumentMetadata metadata) {}
