class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        try { run(); } catch (NumberFormatException e) { count = 0; }
    }
}
