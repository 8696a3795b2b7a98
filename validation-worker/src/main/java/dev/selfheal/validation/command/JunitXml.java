package dev.selfheal.validation.command;

import dev.selfheal.validation.xml.StrictXml;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * The test cases of a report as pytest, node's test runner and many others write it. The report is attacker-controlled:
 * document types are refused.
 */
public final class JunitXml {

    private static final String REPEATED = "~";

    private JunitXml() {}

    /** How a test ended. */
    public enum Status {
        PASSED,
        FAILED,
        SKIPPED
    }

    /**
     * @param name without its class
     * @param failure type, message and text of what failed; empty when nothing did
     */
    public record Case(String id, String name, Status status, String failure) {}

    /**
     * By id, {@code classname#name}, in order; the second of the same id is {@code …~2}.
     *
     * @throws IOException when it is no well-formed XML without a document type
     */
    public static Map<String, Case> read(InputStream xml) throws IOException {
        Map<String, Case> cases = new LinkedHashMap<>();
        NodeList found = StrictXml.read(new InputSource(xml), "report").getElementsByTagName("testcase");
        for (int i = 0; i < found.getLength(); i++) {
            Element element = (Element) found.item(i);
            String plain = element.getAttribute("classname") + "#" + element.getAttribute("name");
            String id = plain;
            for (int use = 2; cases.containsKey(id); use++) {
                id = plain + REPEATED + use;
            }
            cases.put(id, read(element, id));
        }
        return cases;
    }

    private static Case read(Element element, String id) {
        StringBuilder failure = new StringBuilder();
        Status status = Status.PASSED;
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            String name = child.getNodeName();
            if (name.equals("failure") || name.equals("error")) {
                status = Status.FAILED;
                Element failed = (Element) child;
                failure.append(failed.getAttribute("type")).append(": ").append(failed.getAttribute("message"));
                failure.append('\n').append(failed.getTextContent());
            } else if (name.equals("skipped") && status == Status.PASSED) {
                status = Status.SKIPPED;
            }
        }
        return new Case(id, element.getAttribute("name"), status, failure.toString());
    }
}
