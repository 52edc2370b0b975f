package io.github.czi4j.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of a document that are asked for, kept in memory within a budget of their own each; the hundreds of
 * kilobytes of hardware settings go by unread.
 */
final class XmlSelection {
    /** Elements that are kept of one part. */
    static final int MAX_ELEMENTS = 100_000;

    /** Characters of text and attributes that are kept of one part. */
    static final int MAX_CHARACTERS = 4 << 20;

    private final XmlElement root;
    private final List<String> problems;

    private XmlSelection(XmlElement root, List<String> problems) {
        this.root = root;
        this.problems = problems;
    }

    /**
     * Reads parts of a document.
     *
     * @param xml in UTF-8, not closed
     * @param rootPath names of the elements around the parts, with slashes
     * @param parts paths below it, none inside another
     * @return what was found
     * @throws IOException if the stream fails
     */
    static XmlSelection read(InputStream xml, String rootPath, List<String> parts) throws IOException {
        Collector collector = new Collector(rootPath, parts);
        List<String> problems = new ArrayList<>(XmlWalk.walk(xml, collector));
        problems.addAll(collector.problems);
        return new XmlSelection(collector.document.at(rootPath), List.copyOf(problems));
    }

    /** The element of the root path; {@link XmlElement#NONE} if the document has none. */
    XmlElement root() {
        return root;
    }

    List<String> problems() {
        return problems;
    }

    private static final class Budget {
        private int elements = MAX_ELEMENTS;
        private int characters = MAX_CHARACTERS;
        private boolean isExceeded;

        boolean take(int elementCount, long characterCount) {
            isExceeded |= elementCount > elements || characterCount > characters;
            if (!isExceeded) {
                elements -= elementCount;
                characters -= (int) characterCount;
            }
            return !isExceeded;
        }
    }

    /** A name on the way to a part, or the part itself. */
    private static final class Step {
        private final Map<String, Step> next = new HashMap<>();
        private final String path;

        /** Of a part; null on the way to one. */
        private Budget budget;

        Step(String path) {
            this.path = path;
        }

        Step to(String name) {
            return next.computeIfAbsent(name, n -> new Step(path.isEmpty() ? n : path + "/" + n));
        }
    }

    private static final class Collector implements XmlWalk.Handler {
        private final XmlElement document = new XmlElement("", Map.of());
        private final List<String> problems = new ArrayList<>();
        private final Deque<XmlElement> open = new ArrayDeque<>();
        private final Deque<Step> way = new ArrayDeque<>();

        /** The part that is being read; null between parts. */
        private Step part;

        private int depthInPart;

        Collector(String rootPath, List<String> parts) {
            Step first = new Step("");
            for (String name : parts) {
                Step step = first;
                for (String element : (rootPath + "/" + name).split("/")) {
                    step = step.to(element);
                }
                step.budget = new Budget();
            }
            open.push(document);
            way.push(first);
        }

        @Override
        public boolean start(String name, Map<String, String> attributes) {
            if (part != null) {
                depthInPart++;
                return keep(name, attributes);
            }
            Step step = way.getFirst().next.get(name);
            if (step == null) {
                return false;
            }
            if (step.budget != null) {
                part = step;
                depthInPart = 1;
                return keep(name, attributes);
            }
            // Of what lies around the parts there is one element each, however often the document repeats it.
            XmlElement known = open.getFirst().at(name);
            if (known == XmlElement.NONE) {
                known = new XmlElement(name, attributes);
                open.getFirst().add(known);
            }
            open.push(known);
            way.push(step);
            return true;
        }

        private boolean keep(String name, Map<String, String> attributes) {
            long characters = name.length();
            for (Map.Entry<String, String> attribute : attributes.entrySet()) {
                characters += attribute.getKey().length()
                        + (long) attribute.getValue().length();
            }
            if (!take(1 + attributes.size(), characters)) {
                leavePart();
                return false;
            }
            XmlElement element = new XmlElement(name, attributes);
            open.getFirst().add(element);
            open.push(element);
            return true;
        }

        private boolean take(int elements, long characters) {
            boolean wasExceeded = part.budget.isExceeded;
            boolean isWithin = part.budget.take(elements, characters);
            if (!isWithin && !wasExceeded) {
                problems.add("the metadata below " + part.path + " is larger than what is kept of it (" + MAX_ELEMENTS
                        + " elements, " + MAX_CHARACTERS + " characters)");
            }
            return isWithin;
        }

        private void leavePart() {
            if (--depthInPart == 0) {
                part = null;
            }
        }

        @Override
        public void end(String name, String text) {
            XmlElement element = open.pop();
            if (part == null) {
                way.pop();
            } else {
                if (take(0, text.length())) {
                    element.setText(text);
                }
                leavePart();
            }
        }
    }
}
