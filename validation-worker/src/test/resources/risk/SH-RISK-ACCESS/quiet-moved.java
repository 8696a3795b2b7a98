class A {
    void a() throws Exception {
        check(user.hasRole("ADMIN")); run();
    }
}
//// after
class A {
    void a() throws Exception {
        run(); check(user.hasRole("ADMIN"));
    }
}
