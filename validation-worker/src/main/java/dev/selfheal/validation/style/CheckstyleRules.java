package dev.selfheal.validation.style;

import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.ext.DefaultHandler2;

/**
 * Whether a Checkstyle configuration names nothing but Checkstyle's own modules and files of the tree. Nothing that it names
 * is loaded here; it is applied in the sandbox alone.
 */
final class CheckstyleRules {

    /** Characters; the largest known ones have a tenth. */
    private static final int MAX_LENGTH = 1 << 20;

    /** What has a value when they are applied. */
    private static final Set<String> PROPERTIES = Set.of("config_loc", "samedir", "basedir", "project.basedir");

    private static final Set<String> ELEMENTS = Set.of("module", "property", "message", "metadata");
    private static final Set<String> FILES = Set.of("file", "headerFile");
    private static final Pattern OWN_MODULE = Pattern.compile("(com\\.puppycrawl\\.tools\\.checkstyle\\.[\\w.]+|\\w+)");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");

    private CheckstyleRules() {}

    /** Why the configuration is not applied; empty when it may be. */
    static Optional<String> objection(String xml) {
        if (xml.length() > MAX_LENGTH) {
            return Optional.of("they are larger than " + MAX_LENGTH + " characters");
        }
        try {
            SAXParser parser = parser();
            Reader reader = new Reader();
            parser.setProperty("http://xml.org/sax/properties/declaration-handler", reader);
            parser.parse(new InputSource(new StringReader(xml)), reader);
            return Optional.empty();
        } catch (SAXException e) {
            return Optional.of(e.getMessage());
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException("XML cannot be read from memory", e);
        }
    }

    private static SAXParser parser() throws SAXException, ParserConfigurationException {
        SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
        factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newSAXParser();
    }

    private static final class Reader extends DefaultHandler2 {

        private boolean root = true;

        @Override
        public InputSource resolveEntity(String name, String publicId, String baseUri, String systemId)
                throws SAXException {
            throw new SAXException("they refer to " + systemId);
        }

        @Override
        public InputSource resolveEntity(String publicId, String systemId) throws SAXException {
            throw new SAXException("they refer to " + systemId);
        }

        @Override
        public void internalEntityDecl(String name, String value) throws SAXException {
            throw new SAXException("they declare the entity " + name);
        }

        @Override
        public void externalEntityDecl(String name, String publicId, String systemId) throws SAXException {
            throw new SAXException("they declare the entity " + name);
        }

        @Override
        public void skippedEntity(String name) throws SAXException {
            throw new SAXException("they use the entity " + name);
        }

        @Override
        public void startElement(String uri, String localName, String name, Attributes attributes) throws SAXException {
            if (!ELEMENTS.contains(name)) {
                throw new SAXException("they have an element " + name);
            }
            if (root && !"Checker".equals(attributes.getValue("name"))) {
                throw new SAXException("they are no configuration of Checkstyle");
            }
            root = false;
            if (name.equals("module")) {
                module(String.valueOf(attributes.getValue("name")));
            } else if (name.equals("property")) {
                property(
                        String.valueOf(attributes.getValue("name")),
                        String.valueOf(attributes.getValue("value")),
                        Optional.ofNullable(attributes.getValue("default")));
            }
        }

        private static void module(String name) throws SAXException {
            if (!OWN_MODULE.matcher(name).matches()) {
                throw new SAXException("they name a module that is not Checkstyle's: " + name);
            }
        }

        private static void property(String name, String value, Optional<String> otherwise) throws SAXException {
            Matcher reference = REFERENCE.matcher(value);
            while (reference.find()) {
                if (!PROPERTIES.contains(reference.group(1)) && otherwise.isEmpty()) {
                    throw new SAXException("they need a property that only the build knows: " + reference.group(1));
                }
            }
            if (FILES.contains(name)) {
                inTree(value);
                if (otherwise.isPresent()) {
                    inTree(otherwise.get());
                }
            }
        }

        private static void inTree(String value) throws SAXException {
            if (value.startsWith("/") || value.contains("..") || value.contains(":") || value.contains("\\")) {
                throw new SAXException("they name a file outside of the tree: " + value);
            }
        }
    }
}
