package io.github.czi4j.bench.measure;

import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.Subblocks;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.IndexRange;
import java.util.Map;

/**
 * The plane, and the scene if one was named, that is measured: the lowest index of each dimension unless said otherwise.
 *
 * @param plane indices without S
 * @param scene index of the scene, null for all
 */
public record PlaneChoice(Coordinate plane, Integer scene) {
    /**
     * Chooses.
     *
     * @param reader the file
     * @param channel index of the channel, or null
     * @param scene index of the scene, or null
     * @return the choice, with at least one tile of full resolution
     * @throws IllegalArgumentException if there is no such tile
     */
    public static PlaneChoice of(CziReader reader, Integer channel, Integer scene) {
        Coordinate plane = Coordinate.EMPTY;
        for (Map.Entry<Dimension, IndexRange> entry :
                reader.bounds().dimensions().entrySet()) {
            if (entry.getKey().isPlane()) {
                plane = plane.with(entry.getKey(), entry.getValue().min());
            }
        }
        if (channel != null) {
            plane = plane.with(Dimension.C, channel);
        }
        PlaneChoice choice = new PlaneChoice(plane, scene);
        if (choice.isEmpty(reader) && channel == null) {
            // Not every combination of indices is there: take the plane of the first tile that would do.
            Subblocks all = scene == null
                    ? reader.subblocks().layer0()
                    : reader.subblocks().layer0().inScene(scene);
            choice = all.stream()
                    .findFirst()
                    .map(tile -> new PlaneChoice(tile.info().coordinate().without(Dimension.S), scene))
                    .orElse(choice);
        }
        if (choice.isEmpty(reader)) {
            throw new IllegalArgumentException(reader.fileInfo().name() + " has no tile of full resolution on " + choice
                    + "; its dimensions are " + reader.bounds().dimensions());
        }
        return choice;
    }

    private boolean isEmpty(CziReader reader) {
        return tiles(reader).stream().findAny().isEmpty();
    }

    /**
     * Its tiles.
     *
     * @param reader the file
     * @return those of full resolution
     */
    public Subblocks tiles(CziReader reader) {
        Subblocks tiles = reader.subblocks().layer0().onPlane(plane);
        return scene == null ? tiles : tiles.inScene(scene);
    }

    /**
     * Narrows a request down to this choice.
     *
     * @param request whose region is kept
     * @return the request for this plane and scene
     */
    public MosaicRequest apply(MosaicRequest request) {
        MosaicRequest onPlane = request.plane(plane);
        return scene == null ? onPlane : onPlane.scene(scene);
    }

    /** For instance {@code plane Z0C1, scene 2}. */
    @Override
    public String toString() {
        String indices = plane.equals(Coordinate.EMPTY) ? "the only plane" : "plane " + plane;
        return scene == null ? indices : indices + ", scene " + scene;
    }
}
