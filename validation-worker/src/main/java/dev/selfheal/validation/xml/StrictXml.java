package dev.selfheal.validation.xml;

import java.io.IOException;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads documents without a document type, and so without entities: nothing is fetched, nothing unfolds. */
public final class StrictXml {

    private StrictXml() {}

    /**
     * @param what it should be, for the message, for example {@code POM}
     * @throws IOException when it is no well-formed XML, or has a document type
     */
    public static Document read(InputSource xml, String what) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(xml);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("no readable " + what + ": " + e.getMessage(), e);
        }
    }
}
