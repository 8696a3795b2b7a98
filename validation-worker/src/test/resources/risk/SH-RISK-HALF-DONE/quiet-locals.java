class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        int sum = 0;
        sum += source.balance;
        target.balance += sum;
    }
}
//// after
class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        int sum = 0;
        sum += source.balance;
        if (target == null) { return; }
        target.balance += sum;
    }
}
