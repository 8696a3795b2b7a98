class A {
    void a() throws Exception {
        if (!user.hasRole("ADMIN")) { throw denied(); } run();
    }
}
//// after
class A {
    void a() throws Exception {
        if (!user.hasRole("ADMIN")) { throw denied(); }
    }
}
