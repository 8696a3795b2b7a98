class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        Cipher.getInstance("AES/GCM/NoPadding");
    }
}
