package io.github.czi4j.cli;

import io.github.czi4j.Composite;
import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.bench.console.CommandErrors;
import io.github.czi4j.bench.console.Units;
import io.github.czi4j.model.ChannelDisplay;
import io.github.czi4j.model.DisplaySettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Pictures of several channels as they are displayed. */
final class CompositeOptions {
    private static final int MAX_TOLD = 10;

    @Option(
            names = "--composite",
            description =
                    "All channels in colour, as the file wants them shown: colours, black and white points, gamma. "
                            + "With --stretch the points are chosen from the picture.")
    private boolean composite;

    @Option(
            names = "--channels",
            paramLabel = "0,2",
            description = "Only these channels of a composite (default: those that the file calls selected).")
    private String channels;

    boolean isWanted() {
        return composite || channels != null;
    }

    /** Composes; what is shown how is told. */
    Composite read(CziReader reader, MosaicRequest request, boolean stretch, PrintWriter err) throws IOException {
        DisplaySettings settings = reader.displaySettings();
        if (channels != null) {
            settings = settings.only(indices());
        }
        if (stretch) {
            settings = settings.each(ChannelDisplay::automatic);
        }
        Composite picture = reader.readComposite(request, settings);
        for (Composite.Channel channel : picture.channels()) {
            err.println("note: channel " + channel.index() + describe(channel.display()));
        }
        return picture;
    }

    private int[] indices() {
        try {
            return Arrays.stream(channels.split(","))
                    .map(String::strip)
                    .mapToInt(Integer::parseInt)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + channels + "' is not a list of channels such as 0,2", e);
        }
    }

    private static String describe(ChannelDisplay display) {
        return display.name().map(name -> " " + name).orElse("") + ": "
                + (display.isTinted() ? String.format(Locale.ROOT, "#%06X", display.colour()) : "as it is") + ", from "
                + Units.significant(display.black()) + " to " + Units.significant(display.white()) + " of the range"
                + (display.gamma().isPresent()
                        ? ", gamma " + Units.significant(display.gamma().getAsDouble())
                        : "")
                + (display.points().isEmpty() ? "" : ", spline");
    }

    /** Tells what is missing. */
    static int report(Composite picture, PrintWriter err) {
        picture.channels().stream()
                .flatMap(channel -> channel.failures().stream())
                .limit(MAX_TOLD)
                .forEach(failure -> err.println("czi: " + failure.reason().getMessage()));
        picture.notes().forEach(note -> err.println("czi: " + note));
        return picture.isComplete() ? CommandErrors.OK : CommandErrors.FINDINGS;
    }
}
