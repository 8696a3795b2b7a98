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
        java.util.Optional.ofNullable(target).ifPresent(t -> t.balance += amount);
    }
}
