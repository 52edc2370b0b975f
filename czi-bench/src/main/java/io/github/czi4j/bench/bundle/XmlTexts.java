package io.github.czi4j.bench.bundle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The metadata of a file, whose texts are looked at and changed. Comments and processing instructions are dropped. */
final class XmlTexts {
    private final Document document;

    private XmlTexts(Document document) {
        this.document = document;
    }

    /**
     * Parses.
     *
     * @param xml as stored
     * @return the document
     * @throws IOException if it is not well-formed, or has a document type, which no metadata needs
     */
    static XmlTexts parse(byte[] xml) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setIgnoringComments(true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return new XmlTexts(builder.parse(new ByteArrayInputStream(xml)));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("the metadata is no well-formed XML: " + e.getMessage(), e);
        }
    }

    void scan(PrivateTraits traits) {
        each((name, node) -> traits.scan(name, node.getNodeValue()));
    }

    void anonymise(PrivateTraits traits) {
        each((name, node) -> node.setNodeValue(traits.anonymise(name, node.getNodeValue())));
    }

    /** Every text and attribute with the name of its element or its own; without recursion, as nesting may be deep. */
    private void each(BiConsumer<String, Node> action) {
        Node node = document.getDocumentElement();
        List<Node> dropped = new ArrayList<>();
        while (node != null) {
            if (node.getNodeType() == Node.TEXT_NODE || node.getNodeType() == Node.CDATA_SECTION_NODE) {
                if (!node.getNodeValue().isBlank()) {
                    action.accept(node.getParentNode().getNodeName(), node);
                }
            } else if (node.getNodeType() == Node.PROCESSING_INSTRUCTION_NODE) {
                dropped.add(node);
            }
            NamedNodeMap attributes = node.getAttributes();
            for (int i = 0; attributes != null && i < attributes.getLength(); i++) {
                action.accept(attributes.item(i).getNodeName(), attributes.item(i));
            }
            node = next(node);
        }
        dropped.forEach(one -> one.getParentNode().removeChild(one));
    }

    private Node next(Node node) {
        if (node.getFirstChild() != null) {
            return node.getFirstChild();
        }
        Node at = node;
        while (at != document.getDocumentElement()) {
            if (at.getNextSibling() != null) {
                return at.getNextSibling();
            }
            at = at.getParentNode();
        }
        return null;
    }

    byte[] toBytes() throws IOException {
        try {
            Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.ENCODING, StandardCharsets.UTF_8.name());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            transformer.transform(new DOMSource(document.getDocumentElement()), new StreamResult(bytes));
            return bytes.toByteArray();
        } catch (TransformerException e) {
            throw new IOException("the metadata cannot be written: " + e.getMessage(), e);
        }
    }
}
