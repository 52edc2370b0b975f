package io.github.czi4j.metadata;

import io.github.czi4j.model.Bounds;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.SubblockGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A scene: a region of the document, such as a piece of tissue or a well, with what the directory has of it and what the
 * metadata says of it. Either may be missing: directories have scenes that the metadata does not name, and metadata name
 * scenes that no subblock belongs to.
 *
 * @param index its S index; indices may have gaps
 * @param layer0 box of its tiles of full resolution, in pixels of layer 0; empty if there is none
 * @param all box of its tiles of all layers; pyramid tiles may overshoot
 * @param subblocks number of its subblocks, all layers and planes; 0 if only the metadata name it
 * @param contents planes, pixel types and pyramid layers; empty if only the metadata name it
 * @param metadata what the document says; empty if only the directory has it
 * @param plate the carrier, if the experiment names one
 */
public record Scene(
        int index,
        Rect layer0,
        Rect all,
        int subblocks,
        Optional<SubblockGroup> contents,
        Optional<SceneMetadata> metadata,
        Optional<Plate> plate) {

    /**
     * Puts together what directory and metadata have.
     *
     * @param bounds what the document spans
     * @param contents of each scene of the directory, by its index
     * @param metadata of the document
     * @return the scenes of either, by ascending index
     */
    public static List<Scene> all(Bounds bounds, Map<Integer, SubblockGroup> contents, DocumentMetadata metadata) {
        Map<Integer, SceneMetadata> described = new TreeMap<>();
        metadata.scenes().forEach(scene -> described.putIfAbsent(scene.index(), scene));
        Map<Integer, Scene> scenes = new TreeMap<>();
        for (Bounds.SceneBounds scene : bounds.scenes().values()) {
            int index = scene.index();
            scenes.put(
                    index,
                    new Scene(
                            index,
                            scene.layer0(),
                            scene.all(),
                            scene.subblocks(),
                            Optional.ofNullable(contents.get(index)),
                            Optional.ofNullable(described.get(index)),
                            metadata.plate()));
        }
        described.forEach((index, scene) -> scenes.putIfAbsent(
                index,
                new Scene(index, Rect.EMPTY, Rect.EMPTY, 0, Optional.empty(), Optional.of(scene), metadata.plate())));
        return Collections.unmodifiableList(new ArrayList<>(scenes.values()));
    }

    /**
     * Whether there are subblocks of it.
     *
     * @return false if only the metadata name it
     */
    public boolean isStored() {
        return subblocks > 0;
    }

    /**
     * The scene's image: layer 0, or everything if the scene has no tile of full resolution.
     *
     * @return in pixels of layer 0
     */
    public Rect image() {
        return layer0.isEmpty() ? all : layer0;
    }

    /**
     * What the document calls it.
     *
     * @return for instance {@code ScanRegion0} or {@code A1}
     */
    public Optional<String> name() {
        return metadata.flatMap(SceneMetadata::name);
    }

    /**
     * Where its middle is on the stage.
     *
     * @return in µm; empty if the document does not say
     */
    public Optional<StagePosition> centre() {
        return metadata.flatMap(SceneMetadata::centre);
    }

    /**
     * The well that it lies in.
     *
     * @return empty if the document names none
     */
    public Optional<Well> well() {
        return metadata.flatMap(scene -> Well.of(scene, plate));
    }
}
