class A {
    void a() throws Exception {
        assertEquals(1, run());
    }
}
//// after
class A {
    void a() throws Exception {
        run();
    }
}
