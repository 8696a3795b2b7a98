class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        java.util.function.IntConsumer end = System::exit;
    }
}
