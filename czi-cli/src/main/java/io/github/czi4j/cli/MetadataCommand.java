package io.github.czi4j.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.czi4j.CziReader;
import io.github.czi4j.metadata.Scene;
import io.github.czi4j.model.CziException;
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
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code czi metadata}. */
@Command(
        name = "metadata",
        description = "The document's metadata: as XML, as JSON, or as OME-XML.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  czi metadata slide.czi | less",
            "  czi metadata --raw slide.czi > slide.xml",
            "  czi metadata --json slide.czi | jq .metadata.channels[].light.excitationNanometres",
            "  czi metadata --ome slide.czi > slide.ome.xml",
            "",
            "docs/metadata.md says where each value of --json comes from. What is not known is left out."
        })
final class MetadataCommand implements Callable<Integer> {
    /** Indenting takes the square of the depth in space, and no document is nested like that. */
    private static final int MAX_DEPTH = 256;

    private static final int FORMAT_VERSION = 1;

    @Spec
    private CommandSpec spec;

    @Mixin
    private FileArgument file;

    @ArgGroup
    private Form form = new Form();

    /** One of several; none is the XML, indented. */
    private static final class Form {
        @Option(names = "--raw", description = "Byte for byte as stored, not indented.")
        private boolean raw;

        @Option(
                names = "--json",
                description = "What could be understood, and the scenes: one JSON object with a formatVersion, units in"
                        + " the names.")
        private boolean json;

        @Option(names = "--ome", description = "OME-XML, schema 2016-06: one image for each scene, without pixels.")
        private boolean ome;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (CziReader reader = file.open()) {
            if (form.json) {
                out.println(json(reader));
                out.flush();
                return 0;
            }
            if (form.ome) {
                out.print(reader.omeXml());
                out.flush();
                return 0;
            }
            if (form.raw) {
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

    private String json(CziReader reader) throws CziException {
        JsonObject object = new JsonObject();
        object.addProperty("formatVersion", FORMAT_VERSION);
        object.addProperty("file", file.name());
        object.add("metadata", RecordJson.of(reader.metadata()));
        JsonArray scenes = new JsonArray();
        for (Scene scene : reader.scenes()) {
            JsonObject entry = RecordJson.of(scene);
            scene.well().ifPresent(well -> entry.add("well", RecordJson.of(well)));
            scenes.add(entry);
        }
        object.add("scenes", scenes);
        return new GsonBuilder()
                .disableHtmlEscaping()
                .setPrettyPrinting()
                .create()
                .toJson(object);
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
