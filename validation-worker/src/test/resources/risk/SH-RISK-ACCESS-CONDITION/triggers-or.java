class A {
    void a() throws Exception {
        if (user.hasRole("ADMIN")) { run(); }
    }
}
//// after
class A {
    void a() throws Exception {
        if (local || user.hasRole("ADMIN")) { run(); }
    }
}
