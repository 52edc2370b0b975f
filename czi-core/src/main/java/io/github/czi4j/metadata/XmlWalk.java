package io.github.czi4j.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One pass through the XML of a file, in memory that does not depend on its size. There is nothing in it that could
 * reach outside or grow: document types, and with them entities of a document's own, end the walk; depth, number of
 * attributes and the length of names and texts are limited. The JDK's parsers keep whole attributes, comments and every
 * name they meet, which a file of half a gigabyte can turn against the reader.
 *
 * <p>What writers are known to get wrong does no harm (sheet §5.1): a byte order mark, zeros at the end, control
 * characters (taken for blanks), bytes that are no UTF-8 (replaced), {@code &} by itself. Any other damage ends the walk
 * with a problem; what stands before it has been told by then.
 */
final class XmlWalk {
    /** Elements inside each other. */
    static final int MAX_DEPTH = 256;

    /** Bytes of a name. */
    static final int MAX_NAME = 1000;

    /** Attributes of an element; more are left out. */
    static final int MAX_ATTRIBUTES = 200;

    /** Bytes of the texts of an element and those it lies in, and of its attributes; what is longer is cut. */
    static final int MAX_TEXT = 4 << 20;

    private static final int BUFFER = 1 << 16;
    private static final int MAX_PROBLEMS = 10;
    private static final int END = -1;

    /** Is told of the elements. */
    interface Handler {
        /**
         * An element begins.
         *
         * @param name with its prefix, if it has one
         * @param attributes in the order of the document; of equal names the first
         * @return whether to tell what is in it, and its end; if not, it goes by unread
         */
        boolean start(String name, Map<String, String> attributes);

        /**
         * An element that was wanted ends.
         *
         * @param name as at its start
         * @param text its own, without that of elements inside it and without blanks around it
         */
        void end(String name, String text);
    }

    /** Ends the walk. */
    private static final class Damage extends Exception {
        private static final long serialVersionUID = 1L;

        Damage(String message) {
            super(message, null, false, false);
        }
    }

    private final InputStream in;
    private final Handler handler;
    private final List<String> problems = new ArrayList<>();
    private final byte[] buffer;
    private int at;
    private int limit;
    private long passed;

    /** Names of the open elements, one behind the other. */
    private byte[] names = new byte[1024];

    private final int[] nameStarts = new int[MAX_DEPTH + 1];

    /** Texts so far of the open elements, one behind the other. */
    private byte[] texts = new byte[1024];

    private final int[] textStarts = new int[MAX_DEPTH];
    private int textLength;
    private int depth;

    /** Depth of the outermost element that goes by unread; 0 if all open ones are wanted. */
    private int unwanted;

    private boolean isRootClosed;

    /** Walks through what lies in the buffer, then through the stream. */
    private XmlWalk(byte[] buffer, int limit, InputStream in, Handler handler) {
        this.buffer = buffer;
        this.limit = limit;
        this.in = in;
        this.handler = handler;
    }

    /**
     * Walks through a document.
     *
     * @param xml in UTF-8; read to its end or to the first damage, not closed
     * @param handler is told of the elements
     * @return what was wrong, in words, with the byte of the XML; empty if all is well or there is nothing at all
     * @throws IOException if the stream fails
     */
    static List<String> walk(InputStream xml, Handler handler) throws IOException {
        return new XmlWalk(new byte[BUFFER], 0, xml, handler).walk();
    }

    /**
     * Walks through a document in memory, such as the short ones of subblocks.
     *
     * @param xml in UTF-8
     * @param handler is told of the elements
     * @return what was wrong, as above
     */
    static List<String> walk(byte[] xml, Handler handler) {
        try {
            return new XmlWalk(xml, xml.length, InputStream.nullInputStream(), handler).walk();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
    }

    private List<String> walk() throws IOException {
        try {
            run();
        } catch (Damage damage) {
            problem("the metadata XML is damaged: " + damage.getMessage());
        }
        return List.copyOf(problems);
    }

    private void problem(String message) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(message + " (byte " + (passed + at) + ")");
        }
    }

    private int peek() throws IOException {
        if (at == limit) {
            passed += limit;
            at = 0;
            limit = Math.max(in.read(buffer, 0, buffer.length), 0);
            if (limit == 0) {
                return END;
            }
        }
        return buffer[at] & 0xFF;
    }

    private int next() throws IOException {
        int b = peek();
        if (b != END) {
            at++;
        }
        return b;
    }

    private void run() throws IOException, Damage {
        skipByteOrderMark();
        while (passText()) {
            passMarkup();
        }
        if (depth > 0) {
            throw new Damage("it ends inside the element " + openName());
        }
    }

    private void skipByteOrderMark() throws IOException {
        if (peek() == 0xEF) {
            for (int i = 0; i < 3; i++) {
                next();
            }
        }
    }

    private String openName() {
        return new String(
                names, nameStarts[depth - 1], nameStarts[depth] - nameStarts[depth - 1], StandardCharsets.UTF_8);
    }

    /** Up to the next markup; false at the end of the document. */
    private boolean passText() throws IOException, Damage {
        for (int b = next(); b != END; b = next()) {
            if (b == '<') {
                return true;
            }
            if (depth == 0) {
                if (b > ' ') {
                    throw new Damage(isRootClosed ? "text follows the document" : "it does not begin with an element");
                }
            } else if (unwanted == 0) {
                if (b == '&') {
                    addReference();
                } else {
                    addText(b);
                }
            }
        }
        return false;
    }

    private void addText(int b) {
        // Forbidden by XML, and written all the same.
        add(b < ' ' && b != '\t' && b != '\n' && b != '\r' ? ' ' : b);
    }

    private void add(int b) {
        if (textLength == texts.length && textLength < MAX_TEXT) {
            texts = Arrays.copyOf(texts, Math.min(MAX_TEXT, 2 * texts.length));
        }
        if (textLength < texts.length) {
            texts[textLength++] = (byte) b;
            if (textLength == MAX_TEXT) {
                problem("a text of the metadata is longer than " + MAX_TEXT + " bytes and is cut");
            }
        }
    }

    /** What an ampersand begins: one of the five characters, a number, or nothing but itself. */
    private void addReference() throws IOException {
        StringBuilder name = new StringBuilder();
        while (name.length() < XmlReference.MAX_LENGTH && XmlReference.isNameByte(peek())) {
            name.append((char) next());
        }
        int character = peek() == ';' ? XmlReference.character(name.toString()) : XmlReference.NONE;
        if (character == XmlReference.NONE) {
            problem("the metadata has a bare & or an unknown entity, '&" + name + "'");
            addAll("&" + name);
            return;
        }
        next();
        if (character < ' ') {
            addText(character);
        } else {
            addAll(Character.toString(character));
        }
    }

    private void addAll(String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            add(b & 0xFF);
        }
    }

    private void passMarkup() throws IOException, Damage {
        switch (peek()) {
            case '/' -> passEndTag();
            case '?' -> skipTo("?>", false);
            case '!' -> passDeclaration();
            default -> passStartTag();
        }
    }

    private void passDeclaration() throws IOException, Damage {
        next();
        if (peek() == '-') {
            next();
            if (next() != '-') {
                throw new Damage("a comment does not begin with '<!--'");
            }
            skipTo("-->", false);
        } else if (peek() == '[' && depth > 0) {
            for (char c : "[CDATA[".toCharArray()) {
                if (next() != c) {
                    throw new Damage("a section does not begin with '<![CDATA['");
                }
            }
            skipTo("]]>", unwanted == 0);
        } else {
            throw new Damage("a document type declaration is in it, which is not read");
        }
    }

    /** Passes all up to a mark of two or three bytes of which all but the last are the same or occur once. */
    private void skipTo(String mark, boolean isText) throws IOException, Damage {
        int matched = 0;
        while (matched < mark.length()) {
            int b = next();
            if (b == END) {
                throw new Damage("'" + mark + "' is missing");
            }
            if (isText) {
                addText(b);
            }
            if (b == mark.charAt(matched)) {
                matched++;
            } else if (b != mark.charAt(0)) {
                matched = 0;
            } else {
                // After "--" one more "-" leaves two matched, after "?" one more "?" leaves one.
                matched = Math.max(1, matched);
            }
        }
        if (isText) {
            textLength = Math.max(textStarts[depth - 1], textLength - mark.length());
        }
    }

    private static boolean isBlank(int b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r' || b == 0;
    }

    private void skipBlanks() throws IOException {
        while (isBlank(peek())) {
            next();
        }
    }

    private static boolean isNameByte(int b) {
        return b > ' ' && "/>=<\"'&;!?".indexOf(b) < 0;
    }

    /** Reads a name to an offset of {@link #names}; its length, at least 1. */
    private int readName(int offset) throws IOException, Damage {
        int length = 0;
        while (isNameByte(peek())) {
            if (length == MAX_NAME) {
                throw new Damage("a name is longer than " + MAX_NAME + " bytes");
            }
            if (offset + length == names.length) {
                names = Arrays.copyOf(names, 2 * names.length);
            }
            names[offset + length++] = (byte) next();
        }
        if (length == 0) {
            throw new Damage("a name is missing");
        }
        return length;
    }

    private void expect(char wanted) throws IOException, Damage {
        int b = next();
        if (b != wanted) {
            throw new Damage("'" + wanted + "' is missing");
        }
    }

    private void passStartTag() throws IOException, Damage {
        if (isRootClosed) {
            throw new Damage("an element follows the document");
        }
        if (depth == MAX_DEPTH) {
            throw new Damage("elements are nested deeper than " + MAX_DEPTH);
        }
        int start = nameStarts[depth];
        nameStarts[depth + 1] = start + readName(start);
        textStarts[depth] = textLength;
        depth++;
        Map<String, String> attributes = readAttributes();
        boolean isEmpty = peek() == '/';
        if (isEmpty) {
            next();
        }
        expect('>');
        if (unwanted == 0 && !handler.start(openName(), attributes)) {
            unwanted = depth;
        }
        if (isEmpty) {
            close();
        }
    }

    private Map<String, String> readAttributes() throws IOException, Damage {
        Map<String, String> attributes = new LinkedHashMap<>();
        int count = 0;
        int length = 0;
        for (skipBlanks(); peek() != '>' && peek() != '/'; skipBlanks()) {
            int nameStart = nameStarts[depth];
            int nameLength = readName(nameStart);
            skipBlanks();
            expect('=');
            skipBlanks();
            String value = readAttributeValue();
            length = Math.min(MAX_TEXT, length + value.length());
            if (unwanted == 0 && count++ < MAX_ATTRIBUTES && length < MAX_TEXT) {
                attributes.putIfAbsent(new String(names, nameStart, nameLength, StandardCharsets.UTF_8), value);
            }
        }
        if (count > MAX_ATTRIBUTES || length == MAX_TEXT) {
            problem("the element " + openName() + " of the metadata has more or longer attributes than are kept");
        }
        return attributes;
    }

    private String readAttributeValue() throws IOException, Damage {
        int quote = next();
        if (quote != '"' && quote != '\'') {
            throw new Damage("an attribute has no quotes");
        }
        int start = textLength;
        for (int b = next(); b != quote; b = next()) {
            if (b == END || b == '<') {
                throw new Damage("the quotes of an attribute are not closed");
            }
            if (unwanted == 0) {
                if (b == '&') {
                    addReference();
                } else {
                    add(b < ' ' ? ' ' : b);
                }
            }
        }
        return takeText(start);
    }

    private String takeText(int start) {
        String text = new String(texts, start, textLength - start, StandardCharsets.UTF_8);
        textLength = start;
        return text;
    }

    private void passEndTag() throws IOException, Damage {
        next();
        if (depth == 0) {
            throw new Damage("an element ends that has not begun");
        }
        int start = nameStarts[depth];
        int end = start + readName(start);
        if (!Arrays.equals(names, start, end, names, nameStarts[depth - 1], start)) {
            throw new Damage("the element " + openName() + " ends as another");
        }
        skipBlanks();
        expect('>');
        close();
    }

    private void close() {
        String text = takeText(textStarts[depth - 1]);
        if (unwanted == 0) {
            handler.end(openName(), text.replace("\r\n", "\n").strip());
        } else if (unwanted == depth) {
            unwanted = 0;
        }
        depth--;
        isRootClosed = depth == 0;
    }
}
