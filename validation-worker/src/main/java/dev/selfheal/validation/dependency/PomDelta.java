package dev.selfheal.validation.dependency;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * What a change of a POM comes to. Everything but the project's own list of dependencies has to stay as it is, comments and
 * white space aside, and what is added there has to be plain: a POM can run code in more ways than can be listed.
 *
 * @param added artifacts the project newly depends on
 * @param objection why the change is more than added dependencies; empty when it is not
 */
public record PomDelta(Set<Coordinates> added, Optional<String> objection) {

    private static final String DEPENDENCIES = "dependencies";
    private static final Set<String> PLAIN = Set.of("groupId", "artifactId", "version", "scope", "optional");
    private static final Set<String> SCOPES = Set.of("compile", "runtime", "provided", "test");

    public PomDelta {
        added = Set.copyOf(added);
    }

    /**
     * @throws IOException when one of the texts is no well-formed XML, or has a document type
     */
    public static PomDelta between(String before, String after) throws IOException {
        Document old = PomDependencies.parse(before);
        Document now = PomDependencies.parse(after);
        if (!frame(old).equals(frame(now))) {
            return refused("more changes than the list of dependencies");
        }
        List<Element> kept = dependencies(old);
        List<Element> listed = dependencies(now);
        List<String> texts = kept.stream().map(PomDelta::text).collect(Collectors.toCollection(ArrayList::new));
        List<Element> fresh = new ArrayList<>();
        for (Element dependency : listed) {
            if (!texts.isEmpty() && texts.get(0).equals(text(dependency))) {
                texts.remove(0);
            } else {
                fresh.add(dependency);
            }
        }
        if (!texts.isEmpty()) {
            return refused("a dependency is removed, changed or moved");
        }
        return judged(kept, fresh);
    }

    private static PomDelta judged(List<Element> kept, List<Element> fresh) {
        Set<String> taken = kept.stream().map(PomDelta::name).collect(Collectors.toSet());
        Set<Coordinates> added = new LinkedHashSet<>();
        for (Element dependency : fresh) {
            if (!isPlain(dependency)) {
                return refused("an added dependency is more than group, artifact, version, scope and optional");
            }
            if (!taken.add(name(dependency))) {
                return refused("an added dependency overrides another: " + name(dependency));
            }
            added.add(new Coordinates(
                    child(dependency, "groupId"), child(dependency, "artifactId"), child(dependency, "version")));
        }
        return added.isEmpty() ? refused("no dependency is added") : new PomDelta(added, Optional.empty());
    }

    private static PomDelta refused(String why) {
        return new PomDelta(Set.of(), Optional.of(why));
    }

    /** The POM without what stands in the project's own list of dependencies. */
    private static String frame(Document pom) {
        StringBuilder out = new StringBuilder().append(pom.getXmlEncoding());
        Element project = pom.getDocumentElement();
        start(project, out);
        for (Node child : children(project)) {
            if (!isList(child)) {
                write(child, out);
            } else if (child.hasAttributes()) {
                start(child, out);
            }
        }
        return out.toString();
    }

    private static List<Element> dependencies(Document pom) {
        List<Element> found = new ArrayList<>();
        for (Node child : children(pom.getDocumentElement())) {
            if (isList(child)) {
                children(child).forEach(each -> found.add(each instanceof Element element ? element : wrapped(each)));
            }
        }
        return found;
    }

    /** Text beside the dependencies, where none belongs: never plain, so it is refused when it is new. */
    private static Element wrapped(Node stray) {
        Element element = stray.getOwnerDocument().createElement("text");
        element.appendChild(stray.cloneNode(true));
        return element;
    }

    private static boolean isList(Node node) {
        return node.getNodeName().equals(DEPENDENCIES);
    }

    private static boolean isPlain(Element dependency) {
        Set<String> seen = new LinkedHashSet<>();
        for (Node child : children(dependency)) {
            boolean known = PLAIN.contains(child.getNodeName()) && seen.add(child.getNodeName());
            boolean literal = child.getTextContent().strip().matches("[A-Za-z0-9_.\\-]+");
            boolean flat = children(child).stream().allMatch(each -> each.getNodeType() == Node.TEXT_NODE);
            if (!known || !literal || !flat || child.hasAttributes()) {
                return false;
            }
        }
        String scope = child(dependency, "scope");
        return dependency.getTagName().equals("dependency")
                && !dependency.hasAttributes()
                && seen.containsAll(Set.of("groupId", "artifactId"))
                && (scope.isEmpty() || SCOPES.contains(scope));
    }

    private static String name(Element dependency) {
        return child(dependency, "groupId") + ":" + child(dependency, "artifactId");
    }

    private static String child(Element dependency, String name) {
        return children(dependency).stream()
                .filter(node -> node.getNodeName().equals(name))
                .findFirst()
                .map(node -> node.getTextContent().strip())
                .orElse("");
    }

    private static String text(Node node) {
        StringBuilder out = new StringBuilder();
        write(node, out);
        return out.toString();
    }

    private static void write(Node node, StringBuilder out) {
        if (!(node instanceof Element)) {
            out.append(node.getNodeName())
                    .append('=')
                    .append(node.getTextContent().strip())
                    .append('\n');
            return;
        }
        start(node, out);
        children(node).forEach(child -> write(child, out));
        out.append("</>\n");
    }

    private static void start(Node element, StringBuilder out) {
        out.append('<').append(element.getNodeName());
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            out.append(' ').append(attributes.item(i));
        }
        out.append(">\n");
    }

    private static List<Node> children(Node node) {
        List<Node> found = new ArrayList<>();
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            boolean blank = child.getNodeType() == Node.TEXT_NODE
                    && child.getTextContent().isBlank();
            if (!blank && child.getNodeType() != Node.COMMENT_NODE) {
                found.add(child);
            }
        }
        return found;
    }
}
