class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        digests.getInstance("SHA-256");
    }
}
