package io.github.czi4j.ome;

import io.github.czi4j.metadata.Plate;
import io.github.czi4j.metadata.Scene;
import io.github.czi4j.metadata.Well;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;

/** Writes the plate, if images lie in wells whose place is known. */
final class OmePlate {

    /** An image in a well. */
    private record Sample(int image, Well well) {}

    /** Samples of each well, wells by row and column. */
    private final Map<Long, List<Sample>> wells = new TreeMap<>();

    OmePlate(List<OmeImage> images) {
        for (int i = 0; i < images.size(); i++) {
            Optional<Well> well = images.get(i).stored().flatMap(Scene::well);
            if (well.isPresent()
                    && well.get().row().isPresent()
                    && well.get().column().isPresent()) {
                long place = (long) well.get().row().getAsInt() << 32
                        | well.get().column().getAsInt();
                wells.computeIfAbsent(place, p -> new ArrayList<>()).add(new Sample(i, well.get()));
            }
        }
    }

    void write(OmeWriter out) {
        if (wells.isEmpty()) {
            return;
        }
        Optional<Plate> plate = first().plate();
        out.start("Plate")
                .attribute("ID", "Plate:0")
                .attribute("Name", plate.flatMap(Plate::name))
                .attribute("RowNamingConvention", "letter")
                .attribute("ColumnNamingConvention", "number")
                .attribute("Rows", size(plate.map(Plate::rows), Well::row))
                .attribute("Columns", size(plate.map(Plate::columns), Well::column));
        int well = 0;
        int sample = 0;
        for (List<Sample> samples : wells.values()) {
            Well place = samples.get(0).well();
            out.start("Well")
                    .attribute("ID", "Well:0:" + well)
                    .attribute("Row", place.row().getAsInt() - 1)
                    .attribute("Column", place.column().getAsInt() - 1);
            for (Sample entry : samples) {
                out.start("WellSample")
                        .attribute("ID", "WellSample:0:" + sample)
                        .attribute("Index", sample++)
                        .start("ImageRef")
                        .attribute("ID", "Image:" + entry.image())
                        .end()
                        .end();
            }
            out.end();
            well++;
        }
        out.end();
    }

    private Well first() {
        return wells.values().iterator().next().get(0).well();
    }

    /** What the plate is said to have, or as many as wells need. */
    private OptionalInt size(Optional<OptionalInt> told, Function<Well, OptionalInt> index) {
        int needed = wells.values().stream()
                .flatMap(Collection::stream)
                .mapToInt(sample -> index.apply(sample.well()).getAsInt())
                .max()
                .getAsInt();
        return OptionalInt.of(Math.max(needed, told.orElse(OptionalInt.empty()).orElse(1)));
    }
}
