package io.github.czi4j.mosaic;

import io.github.czi4j.model.Rect;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What disjoint parts leave of a rectangle: where the background shows. */
final class Uncovered {
    private Uncovered() {}

    /**
     * Goes from top to bottom through the strips between the edges of the parts, so that it never costs more than a look
     * at each pixel, however many parts there are.
     *
     * @param parts disjoint; what lies outside the bounds is not looked at
     * @param bounds the rectangle
     * @param found takes the rest, disjoint and from top to bottom
     */
    static void forEach(List<Rect> parts, Rect bounds, Consumer<Rect> found) {
        List<Rect> waiting = parts.stream()
                .map(bounds::intersection)
                .filter(part -> !part.isEmpty())
                .sorted(Comparator.comparingInt(Rect::y))
                .toList();
        PriorityQueue<Rect> open = new PriorityQueue<>(Comparator.comparingInt(Rect::bottom));
        TreeMap<Integer, Integer> covered = new TreeMap<>();
        int next = 0;
        for (int y = bounds.y(); y < bounds.bottom(); ) {
            while (!open.isEmpty() && open.peek().bottom() <= y) {
                covered.remove(open.poll().x());
            }
            for (; next < waiting.size() && waiting.get(next).y() == y; next++) {
                open.add(waiting.get(next));
                covered.put(waiting.get(next).x(), waiting.get(next).right());
            }
            int end = bounds.bottom();
            if (!open.isEmpty()) {
                end = open.peek().bottom();
            }
            if (next < waiting.size()) {
                end = Math.min(end, waiting.get(next).y());
            }
            int x = bounds.x();
            for (Map.Entry<Integer, Integer> run : covered.entrySet()) {
                if (x < run.getKey()) {
                    found.accept(new Rect(x, y, run.getKey() - x, end - y));
                }
                x = run.getValue();
            }
            if (x < bounds.right()) {
                found.accept(new Rect(x, y, bounds.right() - x, end - y));
            }
            y = end;
        }
    }
}
