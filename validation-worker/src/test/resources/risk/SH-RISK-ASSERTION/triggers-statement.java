class A {
    void a() throws Exception {
        assert x > 0; run();
    }
}
//// after
class A {
    void a() throws Exception {
        run();
    }
}
