class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        @SuppressWarnings("all") int x = 0;
    }
}
