class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        context.search(base, "(uid={0})", new Object[] {user}, controls);
    }
}
