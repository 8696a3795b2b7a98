class ATest {
    @Test
    void a() {
        run();
    }
}
//// after
class ATest {
    @Test(enabled = false)
    void a() {
        run();
    }
}
