class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A implements TrustManager {
    public void checkServerTrusted(X509Certificate[] chain, String type) {
        delegate.checkServerTrusted(chain, type);
    }
}
