class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        new java.net.Socket("h", 1).close();
    }
}
