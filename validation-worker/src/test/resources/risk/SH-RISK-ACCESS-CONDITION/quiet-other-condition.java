class A {
    void a() throws Exception {
        if (list.isEmpty()) { run(); }
    }
}
//// after
class A {
    void a() throws Exception {
        if (list != null && list.isEmpty()) { run(); }
    }
}
