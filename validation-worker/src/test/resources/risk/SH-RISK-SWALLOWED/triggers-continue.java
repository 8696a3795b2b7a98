class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        for (;;) { try { run(); } catch (IllegalStateException e) { continue; } }
    }
}
