class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        source.balance -= amount;
        target.balance += amount;
    }
}
//// after
class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        java.util.Optional.ofNullable(source).ifPresent(s -> s.balance -= amount);
        target.balance += amount;
    }
}
