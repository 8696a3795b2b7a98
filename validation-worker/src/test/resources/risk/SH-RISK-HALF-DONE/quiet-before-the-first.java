class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        source.balance -= amount;
        target.balance += amount;
    }
}
//// after
class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        if (target == null) { return; }
        source.balance -= amount;
        target.balance += amount;
    }
}
