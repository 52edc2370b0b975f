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
    /**
     * A part of a document.
     *
     * @param path names of elements with slashes
     * @param elements how many of it are kept, attributes count as such
     * @param characters how many of its names, attributes and texts are kept
     */
    record Part(String path, int elements, int characters) {}

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
     * @param parts below it, none inside another
     * @return what was found
     * @throws IOException if the stream fails
     */
    static XmlSelection read(InputStream xml, String rootPath, List<Part> parts) throws IOException {
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
        private final Part part;
        private int elements;
        private int characters;
        private boolean isExceeded;

        Budget(Part part) {
            this.part = part;
            this.elements = part.elements();
            this.characters = part.characters();
        }

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

        /** Of a part; null on the way to one. */
        private Budget budget;
    }

    private static final class Collector implements XmlWalk.Handler {
        private final XmlElement document = new XmlElement("", Map.of());
        private final List<String> problems = new ArrayList<>();
        private final Deque<XmlElement> open = new ArrayDeque<>();
        private final Deque<Step> way = new ArrayDeque<>();

        /** One string for each name, however often it occurs. */
        private final Map<String, String> names = new HashMap<>();

        /** Of the part that is being read; null between parts. */
        private Budget budget;

        private int depthInPart;

        Collector(String rootPath, List<Part> parts) {
            Step first = new Step();
            for (Part wanted : parts) {
                Step step = first;
                for (String element : (rootPath + "/" + wanted.path()).split("/")) {
                    step = step.next.computeIfAbsent(element, name -> new Step());
                }
                step.budget = new Budget(wanted);
            }
            open.push(document);
            way.push(first);
        }

        @Override
        public boolean start(String name, Map<String, String> attributes) {
            if (budget != null) {
                depthInPart++;
                return keep(name, attributes);
            }
            Step step = way.getFirst().next.get(name);
            if (step == null) {
                return false;
            }
            if (step.budget != null) {
                budget = step.budget;
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
            XmlElement element = new XmlElement(names.computeIfAbsent(name, n -> n), attributes);
            open.getFirst().add(element);
            open.push(element);
            return true;
        }

        private boolean take(int elements, long characters) {
            boolean wasExceeded = budget.isExceeded;
            boolean isWithin = budget.take(elements, characters);
            if (!isWithin && !wasExceeded) {
                problems.add("the metadata below " + budget.part.path() + " are more than what is kept of them ("
                        + budget.part.elements() + " elements, " + budget.part.characters() + " characters)");
            }
            return isWithin;
        }

        private void leavePart() {
            if (--depthInPart == 0) {
                budget = null;
            }
        }

        @Override
        public void end(String name, String text) {
            XmlElement element = open.pop();
            if (budget == null) {
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
