class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
    }
}
