class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        int a = 0; // m²
    }
}
