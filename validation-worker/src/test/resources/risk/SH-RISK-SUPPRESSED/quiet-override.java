class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    @Override
    public String toString() {
        return "A";
    }
}
