class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        double π = 3.14;
    }
}
