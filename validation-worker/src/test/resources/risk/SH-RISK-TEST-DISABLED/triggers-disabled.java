class ATest {
    @Test
    void a() {
        run();
    }
}
//// after
class ATest {
    @Disabled
    @Test
    void a() {
        run();
    }
}
