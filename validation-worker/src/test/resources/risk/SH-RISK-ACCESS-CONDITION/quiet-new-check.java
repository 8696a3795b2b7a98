class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        if (user.hasRole("ADMIN")) { run(); }
    }
}
