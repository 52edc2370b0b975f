package io.github.czi4j.cli;

import io.github.czi4j.CziReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.stax.StAXSource;
import javax.xml.transform.stream.StreamResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code czi metadata}. */
@Command(
        name = "metadata",
        description = "The document's metadata as XML.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  czi metadata slide.czi | less", "  czi metadata --raw slide.czi > slide.xml"})
final class MetadataCommand implements Callable<Integer> {
    /** Indenting takes the square of the depth in space, and no document is nested like that. */
    private static final int MAX_DEPTH = 256;

    @Spec
    private CommandSpec spec;

    @Mixin
    private FileArgument file;

    @Option(names = "--raw", description = "Byte for byte as stored, not indented.")
    private boolean raw;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (CziReader reader = file.open()) {
            if (raw) {
                PrintStream bytes = System.out;
                bytes.write(reader.metadataXmlBytes());
                bytes.flush();
                return 0;
            }
            String xml = reader.metadataXml();
            if (xml.isBlank()) {
                err.println("note: " + file.name() + " has no metadata");
                return 0;
            }
            try {
                out.println(indent(xml));
            } catch (XMLStreamException | TransformerException | RuntimeException e) {
                // The JDK's parser is known to throw more than it declares on damaged input.
                out.println(xml);
                err.println("note: the XML cannot be indented and is shown as stored: "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            }
            out.flush();
        }
        return 0;
    }

    private static String indent(String xml) throws XMLStreamException, TransformerException {
        XMLInputFactory input = XMLInputFactory.newDefaultFactory();
        input.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        input.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        TransformerFactory factory = TransformerFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        Transformer transformer = factory.newTransformer();
        transformer.setErrorListener(new Silence());
        transformer.setOutputProperty(OutputKeys.INDENT, "yes");
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        transformer.setOutputProperty("{http://xml.apache.org/xslt}indent-amount", "2");
        StringWriter result = new StringWriter();
        // Blanks between elements would be kept beside the new ones.
        String tight = xml.replaceAll(">[ \\t\\r\\n]+<", "><");
        XMLStreamReader reader = new Shallow(input.createXMLStreamReader(new StringReader(tight)));
        transformer.transform(new StAXSource(reader), new StreamResult(result));
        return result.toString().stripTrailing();
    }

    /** Refuses elements that are nested too deeply. */
    private static final class Shallow extends StreamReaderDelegate {
        private int depth;

        Shallow(XMLStreamReader reader) {
            super(reader);
        }

        @Override
        public int next() throws XMLStreamException {
            int event = super.next();
            if (event == END_ELEMENT) {
                depth--;
            } else if (event == START_ELEMENT && ++depth > MAX_DEPTH) {
                throw new XMLStreamException("elements are nested more than " + MAX_DEPTH + " deep");
            }
            return event;
        }
    }

    /** The transformer would print to standard error by itself. */
    private static final class Silence implements javax.xml.transform.ErrorListener {
        @Override
        public void warning(TransformerException e) {
            // A warning leaves the result as it is.
        }

        @Override
        public void error(TransformerException e) throws TransformerException {
            throw e;
        }

        @Override
        public void fatalError(TransformerException e) throws TransformerException {
            throw e;
        }
    }
}
