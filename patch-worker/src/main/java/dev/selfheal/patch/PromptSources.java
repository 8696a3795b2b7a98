package dev.selfheal.patch;

import dev.selfheal.event.Reproduction;
import dev.selfheal.event.StackFrame;
import dev.selfheal.event.SuspectLocation;
import dev.selfheal.patch.edit.SourceText;
import dev.selfheal.patch.localise.SourceIndex;
import dev.selfheal.patch.prompt.PromptInput;
import dev.selfheal.patch.prompt.SourceWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what a prompt shows out of a job's source tree. A file that cannot be read is left out: the rest still helps. */
final class PromptSources {

    private static final Logger LOG = LoggerFactory.getLogger(PromptSources.class);

    PromptInput of(ProposalContext context) {
        return new PromptInput(
                context.request().getEvent(),
                suspects(context),
                context.request().getEvent().getReproduction().flatMap(test -> reproduction(context, test)),
                context.request().getFeedback());
    }

    private static List<SourceWindow> suspects(ProposalContext context) {
        List<SourceWindow> windows = new ArrayList<>();
        for (SuspectLocation suspect : context.localisation().suspects()) {
            boolean shown = windows.stream().anyMatch(window -> window.shows(suspect.getPath(), suspect.getLine()));
            if (!shown && suspect.getLine() > 0) {
                read(context.sourceTree(), suspect.getPath())
                        .map(lines -> SourceWindow.around(suspect.getPath(), lines, suspect.getLine()))
                        .ifPresent(windows::add);
            }
        }
        return windows;
    }

    private static Optional<SourceWindow> reproduction(ProposalContext context, Reproduction test) {
        String[] selector = test.getSelector().split("#", 2);
        StackFrame frame = StackFrame.newBuilder()
                .setModule(selector[0])
                .setFunction(selector.length > 1 ? selector[1] : "")
                .build();
        return index(context)
                .flatMap(index -> index.find(frame))
                .flatMap(path -> read(context.sourceTree(), path)
                        .map(lines -> SourceWindow.around(path, lines, lineOf(lines, frame.getFunction()))));
    }

    private static Optional<SourceIndex> index(ProposalContext context) {
        try {
            return Optional.of(SourceIndex.of(
                    context.sourceTree(), context.policy().getSource().getSubdirectory()));
        } catch (IOException e) {
            LOG.warn("cannot list {}: {}", context.sourceTree(), e.toString());
            return Optional.empty();
        }
    }

    /** The line that declares the method; 1 when there is none, for example when the test is inherited. */
    private static int lineOf(List<String> lines, String method) {
        String name = Pattern.quote(method);
        Pattern declaration = Pattern.compile("\\b(?:void|def|func|function)\\s+" + name
                + "\\s*\\(|\\b(?:test|it)\\s*\\(\\s*['\"`]" + name + "['\"`]");
        for (int i = 0; i < lines.size(); i++) {
            if (declaration.matcher(lines.get(i)).find()) {
                return i + 1;
            }
        }
        return 1;
    }

    private static Optional<List<String>> read(Path tree, String path) {
        try {
            return Optional.of(SourceText.read(tree, path).lines()).filter(lines -> !lines.isEmpty());
        } catch (IOException e) {
            LOG.warn("cannot read {}: {}", path, e.toString());
            return Optional.empty();
        }
    }
}
