class A {
    void a() throws Exception {
        if (ok) { run(); }
    }
}
//// after
class A {
    void a() throws Exception {
        if (ok || true) { run(); }
    }
}
