class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", false);
    }
}
