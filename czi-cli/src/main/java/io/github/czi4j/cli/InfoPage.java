package io.github.czi4j.cli;

import io.github.czi4j.Attachment;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.console.Units;
import io.github.czi4j.metadata.ChannelMetadata;
import io.github.czi4j.metadata.DocumentMetadata;
import io.github.czi4j.metadata.InstrumentMetadata;
import io.github.czi4j.metadata.Plate;
import io.github.czi4j.metadata.Scene;
import io.github.czi4j.model.Bounds;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.IndexRange;
import io.github.czi4j.model.Rect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The page that {@code czi info} shows. */
final class InfoPage {
    private static final int LABEL = 14;
    private static final int MAX_SCENES = 12;
    private static final int MAX_ATTACHMENTS = 12;
    private static final int MAX_ODD = 20;

    private final CziReader reader;
    private final Bounds bounds;
    private final List<String> odd = new ArrayList<>();
    private final StringBuilder page = new StringBuilder();

    InfoPage(CziReader reader) {
        this.reader = reader;
        this.bounds = reader.bounds();
        odd.addAll(reader.problems());
    }

    String text() {
        DocumentMetadata metadata = metadata();
        line(
                "File",
                reader.fileInfo().name() + ", " + Units.bytes(reader.fileInfo().size()));
        metadata.title().ifPresent(title -> line("Title", title));
        image(metadata);
        dimensions(metadata);
        scenes();
        DirectorySummary summary = DirectorySummary.of(reader);
        tiles(summary);
        metadata.objective().ifPresent(this::objective);
        metadata.acquisitionTime().ifPresent(time -> line("Acquired", time));
        metadata.plate().flatMap(Plate::name).ifPresent(name -> line("Carrier", name));
        metadata.software().ifPresent(software -> line("Written by", software));
        attachments();
        odd.addAll(summary.odd());
        odd.addAll(metadata.problems());
        for (int i = 0; i < Math.min(MAX_ODD, odd.size()); i++) {
            line(i == 0 ? "Odd" : "", odd.get(i));
        }
        if (odd.size() > MAX_ODD) {
            line("", "and " + (odd.size() - MAX_ODD) + " more; --json lists all");
        }
        return page.toString();
    }

    private void line(String label, String text) {
        page.append(label).append(" ".repeat(Math.max(1, LABEL - label.length())));
        page.append(text.replaceAll("\\p{Cntrl}", "?")).append('\n');
    }

    private DocumentMetadata metadata() {
        try {
            return reader.metadata();
        } catch (CziException e) {
            odd.add("the metadata cannot be read: " + e.getMessage());
            return DocumentMetadata.parse("");
        }
    }

    private void image(DocumentMetadata metadata) {
        Rect image = bounds.image();
        if (image.isEmpty()) {
            line("Image", "none: the file has no subblocks with a place");
            return;
        }
        StringBuilder text = new StringBuilder(image.width() + " × " + image.height() + " px");
        OptionalDouble x = metadata.pixelSizeX();
        OptionalDouble y = metadata.pixelSizeY();
        if (x.isPresent() && y.isPresent()) {
            text.append(", ").append(length(image.width() * x.getAsDouble()));
            text.append(" × ").append(length(image.height() * y.getAsDouble()));
        }
        text.append(", from ").append(image.x()).append(',').append(image.y());
        line("Image", text.toString());
        if (x.isPresent()) {
            String size = Units.significant(x.getAsDouble()) + " µm";
            if (y.isPresent() && Math.abs(y.getAsDouble() / x.getAsDouble() - 1) > 1e-6) {
                size += " × " + Units.significant(y.getAsDouble()) + " µm";
            }
            if (metadata.pixelSizeZ().isPresent()) {
                size += ", focal planes "
                        + Units.significant(metadata.pixelSizeZ().getAsDouble()) + " µm apart";
            }
            line("Pixel size", size);
        } else {
            line("Pixel size", "not known");
        }
    }

    private static String length(double micrometres) {
        return micrometres >= 1000
                ? Units.significant(micrometres / 1000) + " mm"
                : Units.significant(micrometres) + " µm";
    }

    private void dimensions(DocumentMetadata metadata) {
        IndexRange c = bounds.dimensions().get(Dimension.C);
        long count = c == null ? 1 : c.size();
        IndexRange range = c == null ? new IndexRange(0, 0) : c;
        Map<Integer, ChannelMetadata> channels = metadata.channels(range);
        for (int i = 0; i < Math.max(1, Math.min(count, 64)); i++) {
            Optional<ChannelMetadata> channel = Optional.ofNullable(channels.get(range.min() + i));
            String index = c == null ? "" : "C" + (c.min() + i) + "  ";
            line(i == 0 ? count == 1 ? "Channel" : "Channels" : "", index + describe(channel));
        }
        String others = bounds.dimensions().entrySet().stream()
                .filter(entry -> entry.getKey().isPlane() && entry.getKey() != Dimension.C)
                .filter(entry -> entry.getValue().size() > 1 || entry.getValue().min() != 0)
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            line("Dimensions", others + " (" + reader.planeCount() + " planes)");
        }
    }

    private static String describe(Optional<ChannelMetadata> channel) {
        if (channel.isEmpty()) {
            return "(not named)";
        }
        List<String> parts = new ArrayList<>();
        Optional<String> name = channel.get().name();
        Optional<String> dye = channel.get().fluorophore();
        parts.add(name.or(() -> dye).orElse("(not named)"));
        if (name.isPresent() && dye.isPresent() && !dye.equals(name)) {
            parts.add("dye " + dye.get());
        }
        if (channel.get().excitationNanometres().isPresent()
                && channel.get().emissionNanometres().isPresent()) {
            parts.add(String.format(
                    Locale.ROOT,
                    "%.0f → %.0f nm",
                    channel.get().excitationNanometres().getAsDouble(),
                    channel.get().emissionNanometres().getAsDouble()));
        }
        channel.get().colour().ifPresent(parts::add);
        return String.join("  ", parts);
    }

    private void scenes() {
        List<Scene> scenes = List.of();
        try {
            scenes = reader.scenes();
        } catch (CziException e) {
            odd.add("the scenes cannot be told: " + e.getMessage());
        }
        if (scenes.size() == 1
                && (scenes.get(0).name().isEmpty() || !scenes.get(0).isStored())) {
            // The whole file is one region, and there is nothing to say of it.
            return;
        }
        String label = scenes.size() == 1 ? "Scene" : "Scenes";
        for (int i = 0; i < Math.min(MAX_SCENES, scenes.size()); i++) {
            line(i == 0 ? label : "", describe(scenes.get(i)));
        }
        if (scenes.size() > MAX_SCENES) {
            line("", "and " + (scenes.size() - MAX_SCENES) + " more scenes; --json lists all");
        }
    }

    private static String describe(Scene scene) {
        StringBuilder text = new StringBuilder("S" + scene.index() + "  ");
        scene.name().ifPresent(name -> text.append(name).append("  "));
        scene.well()
                .filter(well -> !scene.name().equals(Optional.of(well.label())))
                .ifPresent(well -> text.append("in well ").append(well.label()).append("  "));
        if (!scene.isStored()) {
            return text + "named by the metadata, but without subblocks";
        }
        Rect box = scene.image();
        return text.append(box.width() + " × " + box.height() + " px from " + box.x() + "," + box.y() + ", ")
                .append(scene.subblocks() + " subblocks")
                .toString();
    }

    private void tiles(DirectorySummary summary) {
        List<DirectorySummary.Layer> layers = summary.layers();
        for (int i = 0; i < layers.size(); i++) {
            line(i == 0 ? "Tiles" : "", describe(layers.get(i)));
        }
        if (layers.isEmpty()) {
            line("Tiles", "none");
        }
        bounds.mIndex().ifPresent(range -> line("Tile numbers", "M " + range));
        line("Pixels", mix(summary.pixelTypes()));
        line("Compression", mix(summary.compressions()));
    }

    private static String describe(DirectorySummary.Layer layer) {
        String scale = layer.ratio() == 1
                ? "of full resolution"
                : layer.ratio() > 1
                        ? "at 1/" + layer.ratio()
                        : "stored " + -layer.ratio() + "-fold finer than their place";
        return layer.count() + " " + scale + ", " + (layer.isUniform() ? "" : "mostly ") + layer.width() + " × "
                + layer.height() + " px";
    }

    private static String mix(Map<String, Integer> counts) {
        if (counts.size() <= 1) {
            return counts.isEmpty() ? "none" : counts.keySet().iterator().next();
        }
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
    }

    private void objective(InstrumentMetadata.Objective objective) {
        List<String> parts = new ArrayList<>();
        objective.name().ifPresent(parts::add);
        objective.nominalMagnification().ifPresent(m -> parts.add(Units.significant(m) + "×"));
        objective.numericalAperture().ifPresent(na -> parts.add("NA " + Units.significant(na)));
        objective.immersion().ifPresent(parts::add);
        if (!parts.isEmpty()) {
            line("Objective", String.join(", ", parts));
        }
    }

    private void attachments() {
        int told = 0;
        try {
            List<Attachment> attachments = reader.attachments();
            for (Attachment attachment : attachments) {
                String size;
                try {
                    size = Units.bytes(attachment.size());
                } catch (CziException e) {
                    size = "damaged";
                    odd.add("attachment '" + attachment.name() + "' cannot be read: " + e.getMessage());
                }
                if (told++ < MAX_ATTACHMENTS) {
                    line(
                            told == 1 ? "Attachments" : "",
                            attachment.name() + " (" + attachment.contentFileType() + ", " + size + ")");
                }
            }
            if (told > MAX_ATTACHMENTS) {
                line("", "and " + (told - MAX_ATTACHMENTS) + " more; czi attachments lists all");
            }
        } catch (CziException e) {
            odd.add("the attachments cannot be read: " + e.getMessage());
        }
    }
}
