package io.github.czi4j.bench.peers;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.measure.PlaneChoice;
import io.github.czi4j.model.Bounds;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.IndexRange;
import io.github.czi4j.model.Rect;
import java.util.List;
import java.util.Map;

/**
 * What every reader is given to do.
 *
 * @param name as reports call it: {@code mosaic}, one region in one call, or {@code tiles}, the bounding boxes of tiles one
 *     after the other
 * @param plane indices without S
 * @param scene index of the scene, null for all
 * @param place where the planes and the image begin, for readers that count from there
 * @param regions in raw coordinates, pixels of layer 0
 * @param threads how many read at once
 */
public record PeerWork(String name, Coordinate plane, Integer scene, Place place, List<Rect> regions, int threads) {
    /**
     * What some readers count from.
     *
     * @param first lowest index of each dimension
     * @param x left edge of the image, or of the scene
     * @param y its top edge
     * @param scenes how many there are
     */
    public record Place(Coordinate first, int x, int y, int scenes) {
        /**
         * Looks where a file begins.
         *
         * @param reader the file
         * @param scene index of the scene, null for all
         * @return the place
         */
        public static Place of(CziReader reader, Integer scene) {
            Bounds bounds = reader.bounds();
            Coordinate first = Coordinate.EMPTY;
            for (Map.Entry<Dimension, IndexRange> entry : bounds.dimensions().entrySet()) {
                first = first.with(entry.getKey(), entry.getValue().min());
            }
            Bounds.SceneBounds own = scene == null ? null : bounds.scenes().get(scene);
            Rect image = own == null ? bounds.image() : own.image();
            return new Place(first, image.x(), image.y(), bounds.scenes().size());
        }
    }

    /**
     * Makes a piece of work.
     *
     * @param name {@code mosaic} or {@code tiles}
     * @param choice the plane and scene
     * @param place where the file begins
     * @param regions what is read, one after the other
     * @param threads how many read at once
     * @return the work
     */
    public static PeerWork of(String name, PlaneChoice choice, Place place, List<Rect> regions, int threads) {
        return new PeerWork(name, choice.plane(), choice.scene(), place, List.copyOf(regions), threads);
    }

    /** Pixels that it delivers. */
    long pixels() {
        return regions.stream().mapToLong(Rect::area).sum();
    }

    /** For instance {@code tiles, 4 threads}. */
    String label() {
        return threads == 1 ? name : name + ", " + threads + " threads";
    }

    /** As adapters are told it. */
    JsonObject request() {
        JsonObject request = new JsonObject();
        request.addProperty("do", "read");
        JsonObject indices = new JsonObject();
        for (Dimension dimension : Dimension.ofCoordinate()) {
            if (plane.has(dimension)) {
                indices.addProperty(dimension.name(), plane.get(dimension));
            }
        }
        request.add("plane", indices);
        for (Dimension dimension : List.of(Dimension.Z, Dimension.C, Dimension.T)) {
            request.addProperty("first" + dimension.name(), place.first().getOrDefault(dimension, 0));
        }
        JsonArray origin = new JsonArray();
        origin.add(place.x());
        origin.add(place.y());
        request.add("origin", origin);
        request.addProperty("scenes", place.scenes());
        if (scene == null) {
            request.add("scene", JsonNull.INSTANCE);
        } else {
            request.addProperty("scene", scene);
        }
        JsonArray list = new JsonArray();
        for (Rect region : regions) {
            JsonArray one = new JsonArray();
            one.add(region.x());
            one.add(region.y());
            one.add(region.width());
            one.add(region.height());
            list.add(one);
        }
        request.add("regions", list);
        request.addProperty("threads", threads);
        return request;
    }
}
