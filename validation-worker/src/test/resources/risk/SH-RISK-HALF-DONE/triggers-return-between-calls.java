class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        source.withdraw(amount);
        target.deposit(amount);
    }
}
//// after
class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        source.withdraw(amount);
        if (target == null) return;
        target.deposit(amount);
    }
}
