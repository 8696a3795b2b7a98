class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        this.apiKey = "a81bc81b";
    }
}
