package io.github.czi4j.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.CziReader;
import io.github.czi4j.testing.Corpus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XmlWalkTest {

    /** Writes down what it is told. */
    private static final class Log implements XmlWalk.Handler {
        final List<String> lines = new ArrayList<>();

        @Override
        public boolean start(String name, Map<String, String> attributes) {
            lines.add("<" + name + attributes);
            return !name.equals("skip");
        }

        @Override
        public void end(String name, String text) {
            lines.add(">" + name + "=" + text);
        }
    }

    private static List<String> walk(byte[] xml, Log log) {
        try {
            return XmlWalk.walk(new ByteArrayInputStream(xml), log);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> walk(String xml, Log log) {
        return walk(xml.getBytes(StandardCharsets.UTF_8), log);
    }

    @Test
    void everyKindOfMarkupIsUnderstood() {
        Log log = new Log();
        List<String> problems = walk(
                "\uFEFF<?xml version='1.0'?><!-- a --- comment <x> --><r a='1 &lt; 2' b=\"'\">one<![CDATA[ <two> ]] ]]>"
                        + "<?p ?? ?><e/> &#233;&#xE9;&amp;&quot;&apos;&gt;\r\nµ<skip n='1'><x>&y;</x></skip ></r>\n\0\0",
                log);
        assertEquals(List.of(), problems);
        assertEquals(
                List.of("<r{a=1 < 2, b='}", "<e{}", ">e=", "<skip{n=1}", ">r=one <two> ]]  éé&\"'>\nµ"), log.lines);
    }

    @Test
    void whatWritersGetWrongDoesNoHarm() {
        Log log = new Log();
        byte[] xml = "<r>a\u0001b & c &nosuch; ?</r>\0\0\0".getBytes(StandardCharsets.UTF_8);
        xml[new String(xml, StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xFF;
        List<String> problems = walk(xml, log);
        assertEquals(2, problems.size(), problems::toString);
        assertEquals(List.of("<r{}", ">r=a b & c &nosuch; \uFFFD"), log.lines);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<r><a>1</a><b>|it ends inside",
                "<r><a>1</a><b|is missing",
                "<r><a>1</a></b></r>|ends as another",
                "<r><a>1</a><!DOCTYPE x></r>|document type",
                "<r><a>1</a></r><r/>|follows the document",
                "<r><a>1</a></r>x|follows the document",
                "<r><a>1</a><b c=1/></r>|no quotes",
                "<r><a>1</a><b c='<'/></r>|are not closed",
                "<r><a>1</a><b c/></r>|'=' is missing",
                "<r><a>1</a><></r>|a name is missing",
                "<r><a>1</a><!-- |'-->' is missing",
                "<r><a>1</a><![CDATA[ |']]>' is missing",
                "<r><a>1</a></r></r>|not begun",
            })
    void damageEndsTheWalkAndKeepsWhatStoodBefore(String xml, String problem) {
        Log log = new Log();
        List<String> problems = walk(xml, log);
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).contains(problem), problems::toString);
        assertTrue(problems.get(0).matches(".*\\(byte \\d+\\)"), problems::toString);
        assertEquals(List.of("<r{}", "<a{}", ">a=1"), log.lines.subList(0, 3));
    }

    @Test
    void aDocumentTypeIsNotRead() {
        Log log = new Log();
        List<String> problems = walk("<!DOCTYPE r [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><r>&e;</r>", log);
        assertTrue(problems.get(0).contains("document type"), problems::toString);
        assertEquals(List.of(), log.lines);
        assertTrue(walk("no XML", log).get(0).contains("does not begin with an element"));
        assertEquals(List.of(), walk("", log));
        assertEquals(List.of(), walk(" \n\0", log));
    }

    @Test
    void depthNamesAndAttributesAreLimited() {
        assertTrue(walk("<a>".repeat(100_000), new Log()).get(0).contains("nested deeper than 256"));
        assertEquals(List.of(), walk("<a>".repeat(256) + "</a>".repeat(256), new Log()));
        assertTrue(walk("<" + "a".repeat(1001) + "/>", new Log()).get(0).contains("longer than 1000"));
        StringBuilder many = new StringBuilder("<a");
        for (int i = 0; i < 300; i++) {
            many.append(" a").append(i).append("='").append("x".repeat(100)).append("'");
        }
        Log log = new Log();
        assertEquals(1, walk(many + "/>", log).size());
        assertTrue(log.lines.get(0).contains("a199=") && !log.lines.get(0).contains("a200="));
    }

    /** A prefix, the same block again and again, and a suffix. */
    private static InputStream flood(String prefix, String block, int count, String suffix) {
        byte[] bytes = block.getBytes(StandardCharsets.UTF_8);
        InputStream middle = new InputStream() {
            private long left = (long) bytes.length * count;

            @Override
            public int read() {
                throw new AssertionError("byte by byte");
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                if (left == 0) {
                    return -1;
                }
                int begin = (int) ((bytes.length - left % bytes.length) % bytes.length);
                int n = Math.min(length, bytes.length - begin);
                System.arraycopy(bytes, begin, target, offset, n);
                left -= n;
                return n;
            }
        };
        return new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream(prefix.getBytes(StandardCharsets.UTF_8)),
                middle,
                new ByteArrayInputStream(suffix.getBytes(StandardCharsets.UTF_8)))));
    }

    /** 128 MiB of each sort of thing that a parser may keep; the test's own heap would not hold a copy of all of them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<r><![CDATA[|]]></r>",
                "<r>|</r>",
                "<r><!--|--></r>",
                "<r><?p |?></r>",
                "<r a='|'/>",
                "<r><skip a='|'/></r>"
            })
    void hugeTokensTakeNoMemory(String prefix, String suffix) {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            Log log = new Log();
            XmlWalk.walk(flood(prefix, "x".repeat(1 << 20), 128, suffix), log);
            assertEquals("<r", log.lines.get(0).substring(0, 2));
            int kept = log.lines.stream().mapToInt(String::length).sum();
            assertTrue(kept <= XmlWalk.MAX_TEXT + 100, kept + " characters");
        });
    }

    @Test
    void floodsOfElementsAreKeptWithinABudget() throws IOException {
        XmlSelection selection = XmlSelection.read(
                flood("<r><p>", "<e a='1'>2</e>".repeat(1000), 2000, "</p><q><e>last</e></q></r>"),
                "r",
                List.of(new XmlSelection.Part("p", 1000, 10_000), new XmlSelection.Part("q", 10, 100)));
        assertEquals(1, selection.problems().size(), () -> selection.problems().toString());
        assertTrue(
                selection.problems().get(0).contains("below p "),
                () -> selection.problems().toString());
        assertEquals(499, selection.root().all("p/e").size(), "two for each, and one for p");
        assertEquals("last", selection.root().text("q/e").orElseThrow(), "one part's flood does not hide another");
    }

    /** Every element, attribute and text is what the JDK's parser finds. */
    @Test
    void theCorpusReadsAsWithTheParserOfTheJdk() throws Exception {
        Path real = Corpus.require("real/tiles.czi").getParent();
        int compared = 0;
        for (Path folder : List.of(real, real.resolveSibling("made"))) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".czi"))
                        .sorted()
                        .toList()) {
                    byte[] xml;
                    try (CziReader reader = CziReader.open(file)) {
                        xml = reader.metadataXmlBytes();
                    } catch (IOException e) {
                        continue; // made to be damaged
                    }
                    if (xml.length == 0) {
                        continue;
                    }
                    Log log = new Log();
                    List<String> problems = walk(xml, log);
                    List<String> expected = withJdk(
                            new String(xml, StandardCharsets.UTF_8).strip().replace("\0", ""));
                    if (problems.isEmpty()) {
                        assertEquals(expected, log.lines, file::toString);
                        compared++;
                    }
                }
            }
        }
        assertTrue(compared > 100, compared + " documents compared");
    }

    private static List<String> withJdk(String xml) {
        Log log = new Log();
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        List<StringBuilder> texts = new ArrayList<>();
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamReader.START_ELEMENT -> {
                        Map<String, String> attributes = new LinkedHashMap<>();
                        for (int i = 0; i < reader.getAttributeCount(); i++) {
                            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
                        }
                        log.start(reader.getLocalName(), attributes);
                        texts.add(new StringBuilder());
                    }
                    case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA ->
                        texts.get(texts.size() - 1).append(reader.getText());
                    case XMLStreamReader.END_ELEMENT ->
                        log.end(
                                reader.getLocalName(),
                                texts.remove(texts.size() - 1).toString().strip());
                    default -> {
                        // nothing to compare
                    }
                }
            }
        } catch (XMLStreamException e) {
            log.lines.add(e.getMessage());
        }
        return log.lines;
    }

    @Test
    void mutatedDocumentsGiveAResultOrAProblem() {
        byte[] document = "<r a='1'><!-- c --><b>&lt;&#65;</b><![CDATA[x]]><c d=\"e\"/><?p q?></r>"
                .getBytes(StandardCharsets.UTF_8);
        long seed = 20260101;
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            ByteArrayOutputStream mutated = new ByteArrayOutputStream();
            int from = random.nextInt(document.length);
            int to = from + random.nextInt(document.length - from);
            mutated.write(document, 0, from);
            for (int i = random.nextInt(4); i > 0; i--) {
                mutated.write(random.nextInt(256));
            }
            mutated.write(document, to, document.length - to);
            Log log = new Log();
            List<String> problems = walk(mutated.toByteArray(), log);
            boolean isWhole =
                    !log.lines.isEmpty() && log.lines.get(log.lines.size() - 1).startsWith(">");
            assertTrue(
                    isWhole || !problems.isEmpty() || log.lines.stream().anyMatch(l -> l.startsWith("<skip")),
                    () -> "seed " + seed + ": " + mutated);
        }
    }
}
