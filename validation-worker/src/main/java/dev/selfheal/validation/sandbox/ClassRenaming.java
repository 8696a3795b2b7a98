package dev.selfheal.validation.sandbox;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

/** Replaces texts in the constant pool of a class file (JVMS 4.4), its own name among them. */
final class ClassRenaming {

    private ClassRenaming() {}

    /**
     * @param texts what to look for in every name, descriptor and string, and what to put in its place
     */
    static byte[] rename(byte[] classFile, Map<String, String> texts) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(classFile.length + 64);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(in.readLong()); // magic and version
        int count = in.readUnsignedShort();
        out.writeShort(count);
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            out.writeByte(tag);
            if (tag == 1) {
                out.writeUTF(replace(in.readUTF(), texts));
            } else {
                out.write(in.readNBytes(size(tag)));
            }
            i += tag == 5 || tag == 6 ? 1 : 0; // long and double take two places
        }
        in.transferTo(out);
        return bytes.toByteArray();
    }

    private static String replace(String text, Map<String, String> texts) {
        String replaced = text;
        for (Map.Entry<String, String> each : texts.entrySet()) {
            replaced = replaced.replace(each.getKey(), each.getValue());
        }
        return replaced;
    }

    private static int size(int tag) throws IOException {
        return switch (tag) {
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            case 5, 6 -> 8;
            case 7, 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            default -> throw new IOException("a class file has no constant of kind " + tag);
        };
    }
}
