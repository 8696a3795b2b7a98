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
        if (target != null) { target.balance += amount; } else { log.warn("no target"); }
    }
}
