class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        calls++;
        System.out.println(target.name());
    }
}
//// after
class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        calls++;
        if (target == null) { return; }
        System.out.println(target.name());
    }
}
