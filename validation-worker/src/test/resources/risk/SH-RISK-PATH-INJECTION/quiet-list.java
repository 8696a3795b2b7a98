class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        List<String> l = List.of(folder, name);
    }
}
