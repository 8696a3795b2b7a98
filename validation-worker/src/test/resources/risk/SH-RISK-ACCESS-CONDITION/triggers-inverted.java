class A {
    void a() throws Exception {
        if (!user.hasRole("ADMIN")) { throw denied(); }
    }
}
//// after
class A {
    void a() throws Exception {
        if (user.hasRole("ADMIN")) { throw denied(); }
    }
}
