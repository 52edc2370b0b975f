package io.github.czi4j.cli;

import io.github.czi4j.CziReader;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.PyramidLayer;
import io.github.czi4j.model.Rect;
import java.util.Map;

/** Reads what a command line says of regions and planes. */
final class Requests {
    private Requests() {}

    /**
     * A region.
     *
     * @param text {@code x,y,width,height}
     * @throws IllegalArgumentException if it is none
     */
    static Rect region(String text) {
        String[] parts = text.split(",");
        if (parts.length == 4) {
            try {
                return new Rect(
                        Integer.parseInt(parts[0].strip()),
                        Integer.parseInt(parts[1].strip()),
                        Integer.parseInt(parts[2].strip()),
                        Integer.parseInt(parts[3].strip()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("'" + text + "' is not a region x,y,width,height", e);
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a region x,y,width,height");
    }

    /**
     * A stored layer.
     *
     * @param text {@code FACTOR,LAYER}
     * @throws IllegalArgumentException if it is none
     */
    static PyramidLayer pyramidLayer(String text) {
        String[] parts = text.split(",");
        try {
            if (parts.length == 2) {
                return new PyramidLayer(Integer.parseInt(parts[0].strip()), Integer.parseInt(parts[1].strip()));
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new IllegalArgumentException("'" + text + "' is not FACTOR,LAYER, for instance 2,3");
    }

    /**
     * A plane with the lowest index wherever the request leaves one open that the file has several of.
     *
     * @param chosen receives the dimensions that were filled in, for a word to the user
     */
    static Coordinate complete(CziReader reader, Coordinate plane, Map<Dimension, Integer> chosen) {
        Coordinate result = plane;
        for (var entry : reader.bounds().dimensions().entrySet()) {
            Dimension dimension = entry.getKey();
            if (dimension.isPlane() && !plane.has(dimension) && entry.getValue().size() > 1) {
                result = result.with(dimension, entry.getValue().min());
                chosen.put(dimension, entry.getValue().min());
            }
        }
        return result;
    }
}
