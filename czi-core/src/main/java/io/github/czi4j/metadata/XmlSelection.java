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

    private static final class Collector implements XmlWalk.Handler {
        private final Map<String, Budget> budgets = new HashMap<>();
        private final XmlElement document = new XmlElement("", Map.of());
        private final List<String> problems = new ArrayList<>();
        private final Deque<XmlElement> open = new ArrayDeque<>();
        private final StringBuilder path = new StringBuilder();

        /** The part that is being read; null between parts. */
        private String part;

        private int depthInPart;

        Collector(String rootPath, List<String> parts) {
            for (String name : parts) {
                budgets.put(rootPath + "/" + name, new Budget());
            }
            open.push(document);
        }

        @Override
        public boolean start(String name, Map<String, String> attributes) {
            if (part != null) {
                depthInPart++;
                return keep(name, attributes);
            }
            int length = path.length();
            path.append(length == 0 ? "" : "/").append(name);
            String here = path.toString();
            if (budgets.containsKey(here)) {
                part = here;
                depthInPart = 1;
                path.setLength(length);
                return keep(name, attributes);
            }
            if (budgets.keySet().stream().anyMatch(wanted -> wanted.startsWith(here + "/"))) {
                // Of what lies around the parts there is one element each, however often the document repeats it.
                XmlElement known = open.getFirst().at(name);
                if (known == XmlElement.NONE) {
                    known = new XmlElement(name, attributes);
                    open.getFirst().add(known);
                }
                open.push(known);
                return true;
            }
            path.setLength(length);
            return false;
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
            Budget budget = budgets.get(part);
            boolean wasExceeded = budget.isExceeded;
            boolean isWithin = budget.take(elements, characters);
            if (!isWithin && !wasExceeded) {
                problems.add("the metadata below " + part + " is larger than what is kept of it (" + MAX_ELEMENTS
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
                path.setLength(Math.max(0, path.lastIndexOf("/")));
            } else {
                if (take(0, text.length())) {
                    element.setText(text);
                }
                leavePart();
            }
        }
    }
}
