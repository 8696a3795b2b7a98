class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        switch (kind) { default: source.balance -= amount; target.balance += amount; }
    }
}
//// after
class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        switch (kind) { default: source.balance -= amount; if (target == null) return; target.balance += amount; }
    }
}
