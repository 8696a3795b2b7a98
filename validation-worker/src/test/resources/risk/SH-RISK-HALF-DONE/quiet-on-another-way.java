class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        if (cached) { hits++; return; }
        target.deposit(amount);
    }
}
//// after
class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        if (cached) { hits++; return; }
        if (target == null) { return; }
        target.deposit(amount);
    }
}
