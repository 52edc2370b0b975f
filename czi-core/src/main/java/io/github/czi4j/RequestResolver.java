package io.github.czi4j;

import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.model.Bounds;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.Extent;
import io.github.czi4j.model.IndexRange;
import io.github.czi4j.model.PixelShift;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import io.github.czi4j.mosaic.Background;
import io.github.czi4j.mosaic.PlanInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Holds a request against a file: fills in what it leaves open, and refuses what the file does not have. */
final class RequestResolver {
    private final String file;
    private final SubblockDirectory directory;
    private final Bounds bounds;

    RequestResolver(String file, SubblockDirectory directory) {
        this.file = file;
        this.directory = directory;
        this.bounds = directory.bounds();
    }

    PlanInput resolve(MosaicRequest request, PixelShift shift) throws CziException {
        Coordinate plane = planeOfStack(request.plane());
        checkPlane(plane);
        if (request.scenes().isPresent()) {
            checkScenes(request.scenes().get());
        }
        Rect region = request.region().isPresent() ? request.region().get() : wholeImage(request);
        double[] background = request.background();
        PlanInput input = new PlanInput(
                against(region, shift),
                shift.columns(),
                shift.rows(),
                (float) request.zoom(),
                request.pyramidLayer().orElse(null),
                plane,
                plane.equals(request.plane()) ? null : request.plane(),
                request.scenes().orElse(null),
                pixelType(request),
                new Background(background[0], background[1], background[2]),
                request.composition());
        if (input.width() < 1 || input.height() < 1) {
            String scale = request.pyramidLayer()
                    .map(layer -> "in layer " + layer.layer() + " of factor " + layer.minificationFactor())
                    .orElse("at zoom " + request.zoom());
            throw new IllegalArgumentException("the region " + region + " has no pixel left " + scale);
        }
        return input;
    }

    /** Moving all tiles one way is the same as looking for them the other way. */
    private Rect against(Rect region, PixelShift shift) {
        try {
            return region.translate(-shift.columns(), -shift.rows());
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": the region " + region + " shifted by " + shift.columns() + ","
                    + shift.rows() + " does not fit the coordinates");
        }
    }

    /**
     * The plane of the subblocks that hold a bitmap for some indices: those indices, unless they lie beyond the first of
     * subblocks that hold several (sheet §9.2, row 5).
     */
    private Coordinate planeOfStack(Coordinate wanted) {
        if (!directory.hasExtents()) {
            return wanted;
        }
        Coordinate found = wanted;
        for (int row = 0; row < directory.size(); row++) {
            Coordinate start = startOfStack(row, wanted);
            if (wanted.equals(start)) {
                return wanted;
            }
            found = start != null && found.equals(wanted) ? start : found;
        }
        return found;
    }

    /** The wanted indices with those of a subblock where it goes on from there to them; null if it does not. */
    private Coordinate startOfStack(int row, Coordinate wanted) {
        Coordinate start = wanted;
        for (Dimension dimension : Dimension.ofCoordinate()) {
            if (wanted.has(dimension)) {
                if (!directory.has(row, dimension)) {
                    return null;
                }
                int first = directory.index(row, dimension);
                long offset = (long) wanted.get(dimension) - first;
                if (offset < 0 || offset >= size(row, dimension)) {
                    return null;
                }
                start = start.with(dimension, first);
            }
        }
        return start;
    }

    private int size(int row, Dimension dimension) {
        for (Extent extent : directory.extents(row)) {
            if (extent.dimension() == dimension) {
                return extent.size();
            }
        }
        return 1;
    }

    private void checkPlane(Coordinate plane) {
        for (Dimension dimension : Dimension.ofCoordinate()) {
            IndexRange range = bounds.dimensions().get(dimension);
            if (plane.has(dimension)) {
                if (range == null) {
                    throw new IllegalArgumentException(file + " has no dimension " + dimension + ", but the request is "
                            + "for " + plane + "; its dimensions are " + bounds.dimensions());
                }
                if (!range.contains(plane.get(dimension))) {
                    throw new IllegalArgumentException(file + " has " + dimension + " from " + range.min() + " to "
                            + range.max() + ", but the request is for " + plane);
                }
            } else if (dimension.isPlane() && range != null && range.size() > 1) {
                throw new IllegalArgumentException(
                        file + " has " + dimension + " from " + range.min() + " to " + range.max()
                                + ": the request must say which, for instance " + plane.with(dimension, range.min()));
            }
        }
    }

    private void checkScenes(Set<Integer> wanted) {
        List<Integer> unknown = new ArrayList<>(wanted);
        unknown.removeAll(bounds.scenes().keySet());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(file + " has no scene " + unknown + "; its scenes are "
                    + bounds.scenes().keySet());
        }
    }

    private Rect wholeImage(MosaicRequest request) {
        Rect region = bounds.image();
        if (request.scenes().isPresent()) {
            region = Rect.EMPTY;
            for (int scene : request.scenes().get()) {
                Rect box = bounds.scenes().get(scene).image();
                region = region.union(box);
            }
        }
        if (region.isEmpty()) {
            throw new IllegalArgumentException(file + " has no subblock with a place: there is no image");
        }
        return region;
    }

    /** That of the first subblock of the channel (sheet §7.2); of the file where a gap in the channels is asked for. */
    private PixelType pixelType(MosaicRequest request) throws CziException {
        if (request.pixelType().isPresent()) {
            return request.pixelType().get();
        }
        IndexRange channels = bounds.dimensions().get(Dimension.C);
        int channel = request.plane().getOrDefault(Dimension.C, channels == null ? 0 : channels.min());
        boolean isGap = true;
        for (int row = 0; row < directory.size(); row++) {
            boolean isOfChannel =
                    channels == null || directory.has(row, Dimension.C) && directory.index(row, Dimension.C) == channel;
            if (isOfChannel && directory.pixelType(row) != PixelType.UNKNOWN) {
                return directory.pixelType(row);
            }
            isGap &= !isOfChannel;
        }
        for (int row = 0; row < directory.size() && isGap; row++) {
            if (directory.pixelType(row) != PixelType.UNKNOWN) {
                return directory.pixelType(row);
            }
        }
        throw CziException.unsupported(
                file, CziException.NO_OFFSET, "no subblock of the channel has a known pixel type");
    }
}
