class A {
    void a() throws Exception {
        digests.getInstance("SHA-256");
    }
}
//// after
class A {
    void a() throws Exception {
        digests.getInstance("MD5");
    }
}
