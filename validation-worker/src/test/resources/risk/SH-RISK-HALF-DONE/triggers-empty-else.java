class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        source.balance -= amount;
        target.balance += amount;
    }
}
//// after
class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        source.balance -= amount;
        if (target == null) { return; } else { }
        target.balance += amount;
    }
}
