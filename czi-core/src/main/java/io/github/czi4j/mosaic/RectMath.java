package io.github.czi4j.mosaic;

import io.github.czi4j.model.Rect;
import java.util.ArrayList;
import java.util.List;

/** Sets of pixels as lists of disjoint rectangles. */
final class RectMath {
    private RectMath() {}

    /** What is left of disjoint rectangles without one more. */
    static List<Rect> subtract(List<Rect> parts, Rect hole) {
        List<Rect> result = null;
        for (int i = 0; i < parts.size(); i++) {
            Rect part = parts.get(i);
            if (!part.intersects(hole)) {
                if (result != null) {
                    result.add(part);
                }
                continue;
            }
            if (result == null) {
                result = new ArrayList<>(parts.subList(0, i));
            }
            subtract(part, hole, result);
        }
        return result == null ? parts : result;
    }

    /** Bands above and below the hole at full width, since long rows are copied fastest; then left and right of it. */
    private static void subtract(Rect part, Rect hole, List<Rect> result) {
        int top = Math.max(part.y(), hole.y());
        int bottom = Math.min(part.bottom(), hole.bottom());
        addIfAny(result, part.x(), part.y(), part.right(), top);
        addIfAny(result, part.x(), top, Math.min(part.right(), hole.x()), bottom);
        addIfAny(result, Math.max(part.x(), hole.right()), top, part.right(), bottom);
        addIfAny(result, part.x(), bottom, part.right(), part.bottom());
    }

    private static void addIfAny(List<Rect> result, int left, int top, int right, int bottom) {
        if (right > left && bottom > top) {
            result.add(new Rect(left, top, right - left, bottom - top));
        }
    }
}
