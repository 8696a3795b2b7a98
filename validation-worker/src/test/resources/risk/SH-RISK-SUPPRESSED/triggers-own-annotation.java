class A {
    void a() throws Exception {
        run();
    }
}
//// after
class A {
    @interface SuppressFBWarnings {
        String[] value() default {};
    }

    @SuppressFBWarnings
    void a() throws Exception {
        run();
    }
}
