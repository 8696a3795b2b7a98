package dev.selfheal.validation.baseline;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one class file says about itself and what it mentions (JVMS 4). Names are binary names with dots.
 *
 * @param major class-file version, 52 for Java 8
 * @param superName empty for {@code java.lang.Object}
 * @param sourceFile simple name of the source file
 * @param references every class it mentions
 * @param uses every member it uses: {@code java.lang.Runtime#exec}
 * @param annotations every annotation-like descriptor it mentions, as names
 * @param interfaceMembers what other classes can compile against; equal sets mean nobody else needs recompiling
 */
public record ClassFile(
        String name,
        int major,
        int access,
        String superName,
        Set<String> interfaces,
        Optional<String> sourceFile,
        Set<String> references,
        Set<String> uses,
        Set<String> annotations,
        Set<String> interfaceMembers) {

    private static final int ABSTRACT_OR_INTERFACE = 0x0600;
    private static final int PRIVATE = 0x0002;
    private static final Pattern DESCRIPTOR_CLASS = Pattern.compile("L([\\w$/]+)[;<]");

    public boolean isConcrete() {
        return (access & ABSTRACT_OR_INTERFACE) == 0;
    }

    /** The class the source file is named after, as far as the name tells: up to the first {@code $}. */
    public String topLevel() {
        int nested = name.indexOf('$', 1);
        return nested < 0 ? name : name.substring(0, nested);
    }

    /**
     * @throws IOException when the bytes are not a class file
     */
    public static ClassFile parse(byte[] bytes) throws IOException {
        try {
            return new Reader(bytes).read();
        } catch (IndexOutOfBoundsException | NullPointerException | ClassCastException e) {
            throw new IOException("malformed class file", e);
        }
    }

    /** One pass over the bytes; the constant pool is kept by index. */
    private static final class Reader {

        private record Pair(int first, int second) {}

        private record ClassRef(int name) {}

        private final DataInputStream in;
        private Object[] pool = {};
        private final Set<String> references = new TreeSet<>();
        private final Set<String> uses = new TreeSet<>();
        private final Set<String> annotations = new TreeSet<>();
        private final Set<String> members = new TreeSet<>();
        private Optional<String> sourceFile = Optional.empty();

        Reader(byte[] bytes) {
            in = new DataInputStream(new ByteArrayInputStream(bytes));
        }

        ClassFile read() throws IOException {
            if (in.readInt() != 0xCAFEBABE) {
                throw new IOException("not a class file");
            }
            in.readUnsignedShort();
            int major = in.readUnsignedShort();
            boolean[] memberRefs = readPool();
            collect(memberRefs);
            int access = in.readUnsignedShort();
            String name = className(in.readUnsignedShort());
            String parent = className(in.readUnsignedShort());
            Set<String> interfaces = new TreeSet<>();
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                interfaces.add(className(in.readUnsignedShort()));
            }
            members.add("class " + Integer.toHexString(access) + " " + parent + interfaces);
            readMembers("field ");
            readMembers("method ");
            readAttributes(new StringBuilder());
            return new ClassFile(
                    name, major, access, parent, interfaces, sourceFile, references, uses, annotations, members);
        }

        /** Returns which entries are field or method references. */
        private boolean[] readPool() throws IOException {
            int size = in.readUnsignedShort();
            pool = new Object[size];
            boolean[] memberRefs = new boolean[size];
            for (int i = 1; i < size; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> pool[i] = in.readUTF();
                    case 3, 4 -> pool[i] = in.readInt();
                    case 5, 6 -> pool[i++] = in.readLong();
                    case 7 -> pool[i] = new ClassRef(in.readUnsignedShort());
                    case 8, 16, 19, 20 -> pool[i] = new Pair(in.readUnsignedShort(), 0);
                    case 9, 10, 11 -> {
                        pool[i] = new Pair(in.readUnsignedShort(), in.readUnsignedShort());
                        memberRefs[i] = true;
                    }
                    case 12, 17, 18 -> pool[i] = new Pair(in.readUnsignedShort(), in.readUnsignedShort());
                    case 15 -> pool[i] = new Pair(in.readUnsignedByte(), in.readUnsignedShort());
                    default -> throw new IOException("unknown constant pool tag " + tag);
                }
            }
            return memberRefs;
        }

        private void collect(boolean[] memberRefs) {
            for (int i = 1; i < pool.length; i++) {
                if (pool[i] instanceof ClassRef) {
                    references.add(className(i));
                } else if (pool[i] instanceof String text && text.indexOf('L') >= 0) {
                    mention(text);
                } else if (memberRefs[i] && pool[i] instanceof Pair pair) {
                    Pair nameAndType = (Pair) pool[pair.second()];
                    uses.add(className(pair.first()) + "#" + pool[nameAndType.first()]);
                }
            }
            references.remove("");
        }

        /** Any text that reads like a descriptor counts: rather one reference too many than one missed. */
        private void mention(String text) {
            Matcher matcher = DESCRIPTOR_CLASS.matcher(text);
            while (matcher.find()) {
                String name = matcher.group(1).replace('/', '.');
                references.add(name);
                if (matcher.end() == text.length() && matcher.start() == 0) {
                    annotations.add(name);
                }
            }
        }

        private void readMembers(String kind) throws IOException {
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                int access = in.readUnsignedShort();
                StringBuilder text = new StringBuilder(kind)
                        .append(Integer.toHexString(access))
                        .append(' ')
                        .append(pool[in.readUnsignedShort()])
                        .append(' ')
                        .append(pool[in.readUnsignedShort()]);
                readAttributes(text);
                if ((access & PRIVATE) == 0) {
                    members.add(text.toString());
                }
            }
        }

        /** Constants are inlined into other classes, so their values belong to the interface. */
        private void readAttributes(StringBuilder member) throws IOException {
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                Object name = pool[in.readUnsignedShort()];
                byte[] body = new byte[in.readInt()];
                in.readFully(body);
                if ("ConstantValue".equals(name) || "Signature".equals(name)) {
                    Object value = pool[index(body, 0)];
                    member.append(" = ").append(value instanceof Pair pair ? pool[pair.first()] : value);
                } else if ("SourceFile".equals(name)) {
                    sourceFile = Optional.of((String) pool[index(body, 0)]);
                } else if ("Exceptions".equals(name)) {
                    for (int at = 2; at < body.length; at += 2) {
                        member.append(" throws ").append(className(index(body, at)));
                    }
                }
            }
        }

        private static int index(byte[] body, int at) {
            return ((body[at] & 0xff) << 8) | (body[at + 1] & 0xff);
        }

        private String className(int index) {
            if (index == 0) {
                return "";
            }
            String name = (String) pool[((ClassRef) pool[index]).name()];
            if (!name.startsWith("[")) {
                return name.replace('/', '.');
            }
            Matcher matcher = DESCRIPTOR_CLASS.matcher(name);
            return matcher.find() ? matcher.group(1).replace('/', '.') : "";
        }
    }
}
