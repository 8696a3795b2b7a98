class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        new ProcessBuilder("id").start();
    }
}
