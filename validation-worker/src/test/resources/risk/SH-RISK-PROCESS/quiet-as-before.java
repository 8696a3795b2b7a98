class A {
    void a() throws Exception {
        Runtime.getRuntime().exec("id");
    }
}
//// after
class A {
    void a() throws Exception {
        Runtime.getRuntime().exec("id -u");
    }
}
