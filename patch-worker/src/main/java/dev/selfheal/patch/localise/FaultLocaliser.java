package dev.selfheal.patch.localise;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.stmt.Statement;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.StackFrame;
import dev.selfheal.event.SuspectLocation;
import dev.selfheal.patch.localise.FaultSite.Callee;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Ranks the places a stack trace names.
 *
 * <p>The root cause's frames come first, innermost first, then those of the exceptions that wrap it. Each further frame
 * in the tree's own main sources is {@value #DECAY} times as suspicious as the one before: the value that breaks a method
 * is often passed by its caller. Test sources are never suspects. Only Java sources are parsed; of other languages a suspect is a
 * file and a line. Not thread-safe: one per request.
 */
public final class FaultLocaliser {

    /** The value that breaks a method is often passed by its caller: a caller stays a suspect, behind what it called. */
    private static final double DECAY = 0.7;

    private static final int MAX_SUSPECTS = 8;

    private final SourceIndex index;
    private final JavaSources sources;

    public FaultLocaliser(SourceIndex index, JavaSources sources) {
        this.index = index;
        this.sources = sources;
    }

    /**
     * Localises in a whole tree.
     *
     * @throws IOException when the tree cannot be read
     */
    public static Localisation localise(Path sourceTree, ErrorEvent event) throws IOException {
        return new FaultLocaliser(SourceIndex.of(sourceTree, ""), new JavaSources(sourceTree)).localise(event);
    }

    /** Empty lists when no frame is of this tree. */
    public Localisation localise(ErrorEvent event) {
        Walk walk = new Walk();
        List<ExceptionInfo> chain = event.getExceptions();
        for (int i = chain.size() - 1; i >= 0; i--) {
            walk.visit(chain.get(i).getFrames());
        }
        return new Localisation(walk.sites, walk.suspects, walk.tests);
    }

    private static List<String> parameters(Optional<BodyDeclaration<?>> member) {
        return member.filter(CallableDeclaration.class::isInstance)
                .map(found -> ((CallableDeclaration<?>) found)
                        .getParameters().stream()
                                .map(parameter -> parameter.getNameAsString())
                                .toList())
                .orElse(List.of());
    }

    /** One pass over a chain, and what it found so far. */
    private final class Walk {

        private final List<FaultSite> sites = new ArrayList<>();
        private final List<SuspectLocation> suspects = new ArrayList<>();
        private final List<SuspectLocation> tests = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();

        private void visit(List<StackFrame> frames) {
            Optional<Callee> callee = Optional.empty();
            for (StackFrame frame : frames) {
                Optional<String> path = index.find(frame);
                Optional<BodyDeclaration<?>> member = path.filter(SourceIndex::isJava)
                        .filter(file -> suspects.size() < MAX_SUSPECTS)
                        .flatMap(sources::get)
                        .flatMap(source -> SiteFinder.member(source, frame.getLine()))
                        .filter(found -> SiteFinder.named(found, frame.getFunction()));
                if (path.isPresent()) {
                    record(frame, path.get(), member, callee);
                }
                callee = Optional.of(new Callee(frame.getFunction(), path.isPresent(), parameters(member)));
            }
        }

        private void record(
                StackFrame frame, String path, Optional<BodyDeclaration<?>> member, Optional<Callee> callee) {
            boolean test = SourceIndex.isTestSource(path);
            boolean known = !seen.add(path + ":" + frame.getLine() + ":" + frame.getFunction());
            if (known || (!test && suspects.size() >= MAX_SUSPECTS)) {
                return;
            }
            // Only Java is parsed: elsewhere the trace's word is all there is.
            boolean located = member.isPresent() || test || !SourceIndex.isJava(path);
            SuspectLocation location = SuspectLocation.newBuilder()
                    .setPath(path)
                    .setClassName(frame.getModule())
                    .setMethod(frame.getFunction())
                    .setLine(located ? Math.max(0, frame.getLine()) : 0)
                    .setScore(test ? 0 : Math.pow(DECAY, suspects.size()))
                    .build();
            if (test) {
                tests.add(location);
                return;
            }
            suspects.add(location);
            member.ifPresent(found -> sites.add(site(found, location, callee)));
        }

        private FaultSite site(BodyDeclaration<?> member, SuspectLocation location, Optional<Callee> callee) {
            int line = location.getLine();
            ParsedSource source = sources.get(location.getPath()).orElseThrow();
            Optional<Statement> statement = SiteFinder.statement(member, line);
            Node owner = statement.isPresent() ? statement.get() : member;
            return new FaultSite(
                    source, member, statement, line, SiteFinder.expressions(owner, line), callee, location);
        }
    }
}
