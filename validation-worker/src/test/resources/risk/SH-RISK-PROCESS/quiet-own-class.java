class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    Process p;

    static class Process {}
}
