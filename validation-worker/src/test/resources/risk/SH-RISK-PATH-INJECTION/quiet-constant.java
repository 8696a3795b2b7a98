class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        Path p = Path.of("conf", "app.properties");
    }
}
