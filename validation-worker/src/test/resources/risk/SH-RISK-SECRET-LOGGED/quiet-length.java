class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    void a() throws Exception {
        log.debug("{} characters", passwordLength);
    }
}
