package dev.selfheal.standalone.series;

import java.io.IOException;

/** A row that cannot be read. The message says where it stands and what is wrong with it. */
public final class MalformedRowException extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedRowException(String source, long line, String what) {
        super(source + ":" + line + ": " + what);
    }
}
