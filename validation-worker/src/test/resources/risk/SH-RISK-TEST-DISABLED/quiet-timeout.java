class ATest {
    @Test
    void a() {
        run();
    }
}
//// after
class ATest {
    @Test(timeout = 100)
    void a() {
        run();
    }
}
