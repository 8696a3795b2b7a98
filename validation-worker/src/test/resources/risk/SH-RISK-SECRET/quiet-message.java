class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        throw new IllegalArgumentException("password must not be empty");
    }
}
