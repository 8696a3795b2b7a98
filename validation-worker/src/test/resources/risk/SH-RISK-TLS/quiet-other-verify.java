class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    boolean verify(String text) {
        return true;
    }
}
