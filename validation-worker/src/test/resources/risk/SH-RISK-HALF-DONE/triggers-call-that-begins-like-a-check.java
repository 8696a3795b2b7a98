class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        source.checkout(amount);
        target.balance += amount;
    }
}
//// after
class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        source.checkout(amount);
        if (target == null) return;
        target.balance += amount;
    }
}
