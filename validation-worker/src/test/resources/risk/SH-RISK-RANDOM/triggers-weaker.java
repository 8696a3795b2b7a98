class A {
    void a() throws Exception {
        java.util.Random r = new java.security.SecureRandom();
    }
}
//// after
class A {
    void a() throws Exception {
        java.util.Random r = new java.util.Random();
    }
}
