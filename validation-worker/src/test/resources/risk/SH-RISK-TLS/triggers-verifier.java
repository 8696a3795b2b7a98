class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    public boolean verify(String host, SSLSession session) {
        return true;
    }
}
