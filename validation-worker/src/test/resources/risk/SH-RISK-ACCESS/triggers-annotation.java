class A {
    @PreAuthorize("hasRole('ADMIN')")
    void a() {
        run();
    }
}
//// after
class A {
    void a() {
        run();
    }
}
