package io.github.czi4j.model;

/**
 * A rectangle {@code [x, x+width) × [y, y+height)} on an integer grid; y grows downwards. In the coordinates of a CZI
 * the unit is the pixel of layer 0, and x and y may have any sign. It is empty if a side is 0.
 *
 * @param x left edge
 * @param y top edge
 * @param width at least 0; {@code x + width} must fit an int
 * @param height at least 0; {@code y + height} must fit an int
 */
public record Rect(int x, int y, int width, int height) {
    /** A rectangle without area at the origin. */
    public static final Rect EMPTY = new Rect(0, 0, 0, 0);

    /**
     * Checks the sides.
     *
     * @throws IllegalArgumentException if a side is negative or an edge overflows an int
     */
    public Rect {
        if (width < 0 || height < 0 || (long) x + width > Integer.MAX_VALUE || (long) y + height > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("not a rectangle: " + x + "," + y + "," + width + "," + height);
        }
    }

    /**
     * A rectangle from its edges.
     *
     * @param left first column
     * @param top first row
     * @param right column behind the last
     * @param bottom row behind the last
     * @return the rectangle, {@link #EMPTY} if it has no area
     * @throws IllegalArgumentException if a side does not fit an int
     */
    public static Rect ofEdges(int left, int top, int right, int bottom) {
        if (right <= left || bottom <= top) {
            return EMPTY;
        }
        long width = (long) right - left;
        long height = (long) bottom - top;
        if (width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("sides of " + width + " and " + height + " pixels are too long");
        }
        return new Rect(left, top, (int) width, (int) height);
    }

    /**
     * The column behind the last.
     *
     * @return {@code x + width}
     */
    public int right() {
        return x + width;
    }

    /**
     * The row behind the last.
     *
     * @return {@code y + height}
     */
    public int bottom() {
        return y + height;
    }

    /**
     * Whether it covers no pixel.
     *
     * @return true if a side is 0
     */
    public boolean isEmpty() {
        return width == 0 || height == 0;
    }

    /**
     * Number of pixels.
     *
     * @return {@code width · height}
     */
    public long area() {
        return (long) width * height;
    }

    /**
     * Whether a pixel lies in both.
     *
     * @param other another rectangle
     * @return true if so
     */
    public boolean intersects(Rect other) {
        return x < other.right()
                && other.x < right()
                && y < other.bottom()
                && other.y < bottom()
                && !isEmpty()
                && !other.isEmpty();
    }

    /**
     * What lies in both.
     *
     * @param other another rectangle
     * @return the common part, {@link #EMPTY} if there is none
     */
    public Rect intersection(Rect other) {
        return ofEdges(
                Math.max(x, other.x),
                Math.max(y, other.y),
                Math.min(right(), other.right()),
                Math.min(bottom(), other.bottom()));
    }

    /**
     * The smallest rectangle around both.
     *
     * @param other another rectangle
     * @return the one that is not empty, if the other is
     * @throws IllegalArgumentException if a side does not fit an int
     */
    public Rect union(Rect other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        return ofEdges(
                Math.min(x, other.x),
                Math.min(y, other.y),
                Math.max(right(), other.right()),
                Math.max(bottom(), other.bottom()));
    }

    /**
     * Whether all of another rectangle lies in this one.
     *
     * @param other another rectangle
     * @return true if so
     */
    public boolean contains(Rect other) {
        return other.x >= x && other.y >= y && other.right() <= right() && other.bottom() <= bottom();
    }

    /**
     * This rectangle elsewhere.
     *
     * @param dx added to x
     * @param dy added to y
     * @return the moved rectangle
     */
    public Rect translate(int dx, int dy) {
        return new Rect(Math.addExact(x, dx), Math.addExact(y, dy), width, height);
    }

    /** As {@code x,y,width,height}. */
    @Override
    public String toString() {
        return x + "," + y + "," + width + "," + height;
    }
}
