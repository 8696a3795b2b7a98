package dev.selfheal.standalone.repository;

import dev.selfheal.source.GitCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A small git repository made by a test. */
public final class GitFixture {

    private final Path root;
    private final GitCommand git;

    private GitFixture(Path root) {
        this.root = root;
        this.git = new GitCommand(root, Duration.ofSeconds(30));
    }

    public static GitFixture in(Path root) throws Exception {
        Files.createDirectories(root);
        GitFixture fixture = new GitFixture(root);
        fixture.git("init", "--quiet", "-b", "main");
        return fixture;
    }

    public GitFixture write(String path, String content) throws Exception {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), content);
        return this;
    }

    /** Commits everything and returns the commit's id. */
    public String commit() throws Exception {
        git("add", "-A");
        git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "change");
        return git("rev-parse", "HEAD");
    }

    public String git(String... arguments) throws Exception {
        return git.run(arguments).strip();
    }

    public Path root() {
        return root;
    }
}
