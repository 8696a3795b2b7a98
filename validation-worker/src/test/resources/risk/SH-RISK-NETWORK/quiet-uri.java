class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        java.net.URI where = java.net.URI.create(text);
    }
}
