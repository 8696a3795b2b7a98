class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        String q = "SELECT * FROM users WHERE name = '" + name + "'";
    }
}
