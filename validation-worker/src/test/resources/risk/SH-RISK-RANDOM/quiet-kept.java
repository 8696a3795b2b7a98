class A {
    void a() throws Exception {
        byte[] salt = new byte[8]; new SecureRandom().nextBytes(salt);
    }
}
//// after
class A {
    void a() throws Exception {
        byte[] salt = new byte[16]; new SecureRandom().nextBytes(salt);
    }
}
