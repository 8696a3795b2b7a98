class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        try { run(); } catch (IllegalStateException e) { throw new IllegalArgumentException(e); }
    }
}
