package dev.selfheal.validation.dependency;

import dev.selfheal.validation.xml.StrictXml;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/**
 * Everything a POM may bring code in by: parent, dependencies (managed and of profiles and plugins as well), plugins and build
 * extensions. Properties of the same file are filled in; the file is attacker-controlled, so document types are refused.
 */
public final class PomDependencies {

    private static final Set<String> KINDS =
            Set.of("dependency", "plugin", "extension", "parent", "annotationProcessorPath", "path");
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");
    private static final String PLUGIN_GROUP = "org.apache.maven.plugins";

    private final Map<String, String> properties = new HashMap<>();

    private PomDependencies() {}

    /**
     * What the second file names and the first does not, a changed version included.
     *
     * @throws IOException when one is no POM
     */
    public static Set<Coordinates> added(String before, String after) throws IOException {
        Set<Coordinates> added = of(after);
        added.removeAll(of(before));
        return added;
    }

    /**
     * @throws IOException when the text is no well-formed XML, or has a document type
     */
    public static Set<Coordinates> of(String pom) throws IOException {
        Document document = parse(pom);
        PomDependencies reader = new PomDependencies();
        reader.properties(document.getDocumentElement());
        Set<Coordinates> found = new LinkedHashSet<>();
        reader.collect(document.getDocumentElement(), found);
        return found;
    }

    static Document parse(String pom) throws IOException {
        return StrictXml.read(new InputSource(new StringReader(pom)), "POM");
    }

    private void properties(Node node) {
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element && "properties".equals(node.getNodeName())) {
                properties.put(child.getNodeName(), child.getTextContent().strip());
            }
            properties(child);
        }
    }

    private void collect(Element element, Set<Coordinates> found) {
        if (KINDS.contains(element.getTagName())) {
            String artifact = text(element, "artifactId");
            if (!artifact.isEmpty()) {
                String group = text(element, "groupId");
                boolean impliedGroup = group.isEmpty() && element.getTagName().equals("plugin");
                found.add(new Coordinates(impliedGroup ? PLUGIN_GROUP : group, artifact, text(element, "version")));
            }
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                collect(inner, found);
            }
        }
    }

    private String text(Element element, String name) {
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeName().equals(name)) {
                return filledIn(child.getTextContent().strip());
            }
        }
        return "";
    }

    /** One level, as versions are kept; what stays unknown stays as it is written. */
    private String filledIn(String text) {
        return PROPERTY.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(properties.getOrDefault(found.group(1), found.group())));
    }
}
