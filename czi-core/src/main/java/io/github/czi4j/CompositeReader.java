package io.github.czi4j;

import io.github.czi4j.composite.ChannelPainter;
import io.github.czi4j.composite.Values;
import io.github.czi4j.composite.Weights;
import io.github.czi4j.model.ChannelDisplay;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.DisplaySettings;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelAllocator;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.mosaic.RowBands;
import io.github.czi4j.observe.Observer;
import java.util.ArrayList;
import java.util.List;

/** Composes the channels of a picture one after the other, each as a mosaic that is given up when it has been added. */
final class CompositeReader {
    /** More than any picture shows; what a damaged directory announces would never end. */
    private static final int MAX_CHANNELS = 1000;

    private final CziReader reader;
    private final Observer observer;
    private final long memoryLimit;
    private final Parallelism parallelism;

    CompositeReader(CziReader reader, Observer observer, long memoryLimit, Parallelism parallelism) {
        this.reader = reader;
        this.observer = observer;
        this.memoryLimit = memoryLimit;
        this.parallelism = parallelism;
    }

    Composite read(MosaicRequest request, DisplaySettings settings) throws CziException {
        List<Integer> indices = new ArrayList<>();
        List<ChannelDisplay> displays = new ArrayList<>();
        settings.channels().forEach((index, display) -> {
            boolean isAsked = request.plane().getOrDefault(Dimension.C, index) == index;
            if (display.isSelected() && isAsked) {
                indices.add(index);
                displays.add(display);
            }
        });
        String file = reader.fileInfo().name();
        if (indices.isEmpty()) {
            throw new IllegalArgumentException(file + ": no channel is selected; the channels are "
                    + settings.channels().keySet());
        }
        if (indices.size() > MAX_CHANNELS) {
            throw new IllegalArgumentException(file + ": " + indices.size() + " channels are selected, and at most "
                    + MAX_CHANNELS + " are added up; choose some");
        }
        List<MosaicRequest> requests = new ArrayList<>();
        for (int index : indices) {
            requests.add(reader.bounds().range(Dimension.C).isPresent() ? request.index(Dimension.C, index) : request);
        }
        MosaicPlan first = reader.plan(requests.get(0));
        checkMemory(requests, first);
        Pixels picture = allocate(first.width(), first.height());
        double[] factors = Weights.factors(displays);
        List<Composite.Channel> channels = new ArrayList<>();
        List<String> notes = List.of();
        PixelAllocator channel = PixelAllocator.reusing();
        for (int i = 0; i < requests.size(); i++) {
            Mosaic mosaic = reader.readMosaic(requests.get(i), channel);
            Pixels values = values(mosaic.pixels());
            ChannelDisplay display = Values.withRange(displays.get(i), values);
            ChannelPainter painter = new ChannelPainter(values, display, factors[i], picture, i == 0);
            RowBands.run(parallelism, workers(), observer, picture.height(), painter::paint);
            channels.add(new Composite.Channel(indices.get(i), display, mosaic.failures(), mosaic.warnings()));
            notes = mosaic.notes();
        }
        return new Composite(picture, first.region(), channels, notes);
    }

    private int workers() {
        return parallelism.workers() > 0
                ? parallelism.workers()
                : Runtime.getRuntime().availableProcessors();
    }

    private void checkMemory(List<MosaicRequest> requests, MosaicPlan first) throws CziException {
        long picture = Math.multiplyFull(first.width(), first.height());
        for (MosaicRequest request : requests) {
            MosaicPlan plan = reader.plan(request);
            long peak = plan.predictedPeakBytes() + picture * (3L + Values.bytesPerPixel(plan.pixelType()));
            long samples = Pixels.elements(plan.width(), plan.height(), plan.pixelType());
            if (peak > memoryLimit || Math.max(samples, 3 * picture) > Pixels.MAX_ELEMENTS) {
                throw CziException.limit(
                        reader.fileInfo().name(),
                        "a picture of " + first.width() + "×" + first.height() + " pixels from "
                                + requests.size() + " channels needs about " + peak + " bytes, but the memory limit is "
                                + memoryLimit + " and an array holds " + Pixels.MAX_ELEMENTS
                                + " samples; ask for a smaller region or zoom");
            }
        }
    }

    private Pixels allocate(int width, int height) throws CziException {
        try {
            return Pixels.allocate(width, height, PixelType.BGR24);
        } catch (OutOfMemoryError e) {
            throw noRoom(width, height, e);
        }
    }

    private Pixels values(Pixels channel) throws CziException {
        try {
            return Values.integers(channel);
        } catch (OutOfMemoryError e) {
            throw noRoom(channel.width(), channel.height(), e);
        }
    }

    private CziException noRoom(int width, int height, OutOfMemoryError e) {
        return new CziException(
                CziException.Kind.LIMIT,
                reader.fileInfo().name(),
                CziException.NO_OFFSET,
                "the heap has no room for a picture of " + width + "×" + height + " pixels",
                e);
    }
}
