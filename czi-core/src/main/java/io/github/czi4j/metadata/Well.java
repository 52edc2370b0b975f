package io.github.czi4j.metadata;

import io.github.czi4j.metadata.SceneMetadata.Container;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A well of a plate, or another container of the carrier: what a {@link SceneMetadata#container()} says, or else its
 * {@link SceneMetadata#arrayName()}.
 *
 * @param label for instance {@code D6}
 * @param row from 1, if it is known
 * @param column from 1, if it is known
 * @param positionId of the container, for instance {@code 4-6}
 * @param plate that it belongs to, if the experiment names one
 */
public record Well(
        String label, OptionalInt row, OptionalInt column, Optional<String> positionId, Optional<Plate> plate) {
    private static final Pattern LABEL = Pattern.compile("([A-Za-z]{1,2})0*([1-9][0-9]{0,3})");
    private static final int LETTERS = 26;

    /**
     * The row as plates are labelled.
     *
     * @return {@code A} to {@code Z}, {@code AA} …; empty if the row is not known
     */
    public Optional<String> rowLabel() {
        return row.isPresent() ? Optional.of(rowLabel(row.getAsInt())) : Optional.empty();
    }

    private static String rowLabel(int row) {
        StringBuilder label = new StringBuilder();
        for (int rest = row; rest > 0; rest = (rest - 1) / LETTERS) {
            label.insert(0, (char) ('A' + (rest - 1) % LETTERS));
        }
        return label.toString();
    }

    static Optional<Well> of(SceneMetadata scene, Optional<Plate> plate) {
        Optional<String> label = scene.container().flatMap(Container::name).or(scene::arrayName);
        OptionalInt row = scene.container().map(Container::row).orElse(OptionalInt.empty());
        OptionalInt column = scene.container().map(Container::column).orElse(OptionalInt.empty());
        Optional<String> positionId = scene.container().flatMap(Container::id);
        if (row.isPresent() && column.isPresent()) {
            String computed = rowLabel(row.getAsInt()) + column.getAsInt();
            return Optional.of(new Well(label.orElse(computed), row, column, positionId, plate));
        }
        return label.map(text -> {
            Matcher matcher = LABEL.matcher(text);
            return matcher.matches()
                    ? new Well(
                            text,
                            OptionalInt.of(rowNumber(matcher.group(1))),
                            OptionalInt.of(Integer.parseInt(matcher.group(2))),
                            positionId,
                            plate)
                    : new Well(text, OptionalInt.empty(), OptionalInt.empty(), positionId, plate);
        });
    }

    private static int rowNumber(String letters) {
        int row = 0;
        for (int i = 0; i < letters.length(); i++) {
            row = row * LETTERS + (Character.toUpperCase(letters.charAt(i)) - 'A' + 1);
        }
        return row;
    }
}
