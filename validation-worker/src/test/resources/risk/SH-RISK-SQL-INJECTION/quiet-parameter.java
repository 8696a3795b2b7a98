class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        query("SELECT * FROM users WHERE name = ?", name);
    }
}
