class A {
    void a() throws Exception {
        assert x > 0;
    }
}
//// after
class A {
    void a() throws Exception {
        assert x >= 0;
    }
}
