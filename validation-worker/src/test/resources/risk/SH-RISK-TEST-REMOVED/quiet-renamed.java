class ATest {
    @Test
    void a() {
        run();
    }
}
//// after
class ATest {
    @Test
    void b() {
        run();
    }
}
