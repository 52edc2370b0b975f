package io.github.czi4j.ome;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URL;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Assertions;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.SAXException;

/** OME's own schema 2016-06, from the artifact that OME publishes. */
final class OmeSchema {
    private static final String FOLDER = "/released-schema/";
    private static final Schema SCHEMA = load();

    private OmeSchema() {}

    private static Schema load() {
        try {
            SchemaFactory factory = SchemaFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, false); // its content models are large
            DOMImplementationLS inputs =
                    (DOMImplementationLS) org.w3c.dom.bootstrap.DOMImplementationRegistry.newInstance()
                            .getDOMImplementation("LS");
            factory.setResourceResolver((type, namespace, publicId, systemId, base) -> {
                if (!XMLConstants.XML_NS_URI.equals(namespace)) {
                    return null;
                }
                LSInput input = inputs.createLSInput();
                input.setByteStream(resource("external/xml.xsd"));
                input.setSystemId(systemId);
                return input;
            });
            URL schema = OmeSchema.class.getResource(FOLDER + "2016-06/ome.xsd");
            return factory.newSchema(schema);
        } catch (ReflectiveOperationException | SAXException e) {
            throw new AssertionError(e);
        }
    }

    private static InputStream resource(String name) {
        return OmeSchema.class.getResourceAsStream(FOLDER + name);
    }

    /** Fails unless a document is valid. */
    static void assertValid(String xml, String what) {
        try {
            SCHEMA.newValidator().validate(new StreamSource(new StringReader(xml)));
        } catch (SAXException e) {
            Assertions.fail(
                    what + ": " + e.getMessage() + "\n" + xml.lines().limit(400).toList());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
