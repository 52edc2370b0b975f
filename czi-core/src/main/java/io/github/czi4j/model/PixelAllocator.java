package io.github.czi4j.model;

import java.lang.reflect.Array;

/**
 * Gives bitmaps their arrays. {@code Pixels::allocate} makes a new one each time, {@link #reusing()} uses one again, and
 * whoever hands bitmaps on to other threads may keep several and take turns.
 */
@FunctionalInterface
public interface PixelAllocator {
    /**
     * A bitmap to be written to. What its array holds does not matter.
     *
     * @param width pixels
     * @param height pixels
     * @param type the pixel type
     * @return a bitmap of just that size and type
     * @throws IllegalArgumentException if no array holds it
     */
    Pixels allocate(int width, int height, PixelType type);

    /**
     * One array for all, as long as it is of the right kind and long enough; else a new one takes its place. A bitmap is
     * good until the next one is asked for. A new array costs more than its zeros: its pages of memory are often touched
     * for the first time, and then the system clears them too.
     *
     * @return an allocator that one thread at a time may use
     */
    static PixelAllocator reusing() {
        return new PixelAllocator() {
            private Pixels last;

            @Override
            public Pixels allocate(int width, int height, PixelType type) {
                boolean fits = last != null
                        && last.type().sample() == type.sample()
                        && Array.getLength(last.array()) >= Pixels.elements(width, height, type);
                if (fits) {
                    last = Pixels.of(width, height, type, last.array());
                } else {
                    // First the old one goes: there may be no room for both.
                    last = null;
                    last = Pixels.allocate(width, height, type);
                }
                return last;
            }
        };
    }
}
