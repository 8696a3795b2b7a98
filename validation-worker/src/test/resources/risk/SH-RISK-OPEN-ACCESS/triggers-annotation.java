class A {
    void a() {
        run();
    }
}
//// after
class A {
    @PermitAll
    void a() {
        run();
    }
}
