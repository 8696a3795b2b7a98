class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        String q = """
            UPDATE users
            SET name = '%s'
            """.formatted(name);
    }
}
