package dev.selfheal.validation.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A tar archive (POSIX ustar) that holds symbolic links alone: all of a root file system that is not mounted into it. */
final class ImageArchive {

    private static final int BLOCK = 512;

    private ImageArchive() {}

    /**
     * @param links absolute place to target
     */
    static byte[] of(Map<Path, Path> links) {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        links.forEach((place, target) -> tar.writeBytes(header(place.toString().substring(1), '2', target.toString())));
        tar.writeBytes(header("home/", '5', ""));
        tar.writeBytes(new byte[2 * BLOCK]); // the end of an archive
        return tar.toByteArray();
    }

    private static byte[] header(String name, char type, String target) {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        put(block, 0, name);
        put(block, 100, "0000755");
        put(block, 108, "0000000"); // user
        put(block, 116, "0000000"); // group
        put(block, 124, "00000000000"); // size
        put(block, 136, "00000000000"); // time
        put(block, 148, "        "); // the checksum counts itself as blanks
        block.put(156, (byte) type);
        put(block, 157, target);
        put(block, 257, "ustar\00000");
        int sum = 0;
        for (byte each : block.array()) {
            sum += each & 0xff;
        }
        put(block, 148, String.format("%06o\0 ", sum));
        return block.array();
    }

    private static void put(ByteBuffer block, int at, String text) {
        block.put(at, text.getBytes(StandardCharsets.US_ASCII));
    }
}
