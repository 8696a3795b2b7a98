class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        java.nio.file.Files.writeString(target, text);
    }
}
