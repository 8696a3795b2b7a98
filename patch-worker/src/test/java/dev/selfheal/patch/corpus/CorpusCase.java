package dev.selfheal.patch.corpus;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.patch.StackTraces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A Maven project with a failing test, built: {@code target/classes}, {@code target/test-classes}, {@code target/repro-classes},
 * {@code target/surefire-reports} of the failure, and {@code target/cp.txt} with the test class path.
 */
record CorpusCase(Path folder, String testClass, ErrorEvent event) {

    static CorpusCase load(Path folder) throws IOException {
        try (Stream<Path> reports = Files.list(folder.resolve("target/surefire-reports"))) {
            for (Path report :
                    reports.filter(file -> file.toString().endsWith(".xml")).toList()) {
                Document document = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(report.toFile());
                NodeList tests = document.getElementsByTagName("testcase");
                for (int i = 0; i < tests.getLength(); i++) {
                    Element test = (Element) tests.item(i);
                    for (String kind : List.of("error", "failure")) {
                        if (test.getElementsByTagName(kind).getLength() > 0) {
                            String trace =
                                    test.getElementsByTagName(kind).item(0).getTextContent();
                            return new CorpusCase(folder, test.getAttribute("classname"), StackTraces.event(trace));
                        }
                    }
                }
            }
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("not a surefire report below " + folder, e);
        }
        throw new IOException("no failure reported below " + folder);
    }

    String name() {
        return folder.getFileName().toString();
    }

    List<Path> libraries() throws IOException {
        return Stream.of(Files.readString(folder.resolve("target/cp.txt"))
                        .strip()
                        .split(":"))
                .map(Path::of)
                .toList();
    }
}
