class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        java.security.MessageDigest.getInstance("SHA-256");
    }
}
