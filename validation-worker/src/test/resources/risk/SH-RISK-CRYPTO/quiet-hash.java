class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        int h = java.util.Objects.hash(a, b);
    }
}
