class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        statement.execute(String.format("DELETE FROM users WHERE id = %s", id));
    }
}
