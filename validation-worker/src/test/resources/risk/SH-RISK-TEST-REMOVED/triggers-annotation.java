class ATest {
    @Test
    void a() {
        run();
    }
}
//// after
class ATest {
    void a() {
        run();
    }
}
