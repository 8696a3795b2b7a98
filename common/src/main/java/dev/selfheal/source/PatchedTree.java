package dev.selfheal.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/** Git's tree id of a patched commit, computed without writing an object. */
final class PatchedTree {

    private final Repository git;

    PatchedTree(Repository git) {
        this.git = git;
    }

    ObjectId id(RevCommit commit, Map<String, Optional<byte[]>> changes) throws IOException {
        DirCache index = DirCache.newInCore();
        DirCacheBuilder builder = index.builder();
        builder.addTree(new byte[0], DirCacheEntry.STAGE_0, git.newObjectReader(), commit.getTree());
        builder.finish();
        try (ObjectInserter inserter = new IdOnly()) {
            DirCacheEditor editor = index.editor();
            changes.forEach((path, content) -> editor.add(edit(path, content, inserter)));
            editor.finish();
            return index.writeTree(inserter);
        }
    }

    private static DirCacheEditor.PathEdit edit(String path, Optional<byte[]> content, ObjectInserter inserter) {
        if (content.isEmpty()) {
            return new DirCacheEditor.DeletePath(path);
        }
        ObjectId blob = inserter.idFor(Constants.OBJ_BLOB, content.get());
        return new DirCacheEditor.PathEdit(path) {
            @Override
            public void apply(DirCacheEntry entry) {
                if (entry.getRawMode() == 0) {
                    entry.setFileMode(FileMode.REGULAR_FILE);
                }
                entry.setObjectId(blob);
            }
        };
    }

    /** Names objects instead of storing them. */
    private static final class IdOnly extends ObjectInserter.Formatter {

        @Override
        public ObjectId insert(int type, long length, InputStream in) throws IOException {
            return idFor(type, length, in);
        }

        @Override
        public ObjectId insert(int type, byte[] data, int offset, int length) {
            return idFor(type, data, offset, length);
        }
    }
}
