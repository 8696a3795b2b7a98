class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        context.search(base, "(&(uid=" + user + ")(objectClass=person))", controls);
    }
}
