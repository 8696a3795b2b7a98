class A {
    @RolesAllowed("ADMIN")
    void a() {
        run();
    }
}
//// after
class A {
    @RolesAllowed({"ADMIN", "USER"})
    void a() {
        run();
    }
}
