class A {
    void a() throws Exception {
        digests.getInstance("MD5");
    }
}
//// after
class A {
    void a() throws Exception {
        digests.getInstance("MD5").reset();
    }
}
