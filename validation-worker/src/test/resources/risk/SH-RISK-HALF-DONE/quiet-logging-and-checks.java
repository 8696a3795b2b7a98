class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        LOG.debug("paying");
        Objects.requireNonNull(source);
        target.deposit(amount);
    }
}
//// after
class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        LOG.debug("paying");
        Objects.requireNonNull(source);
        if (target == null) { return; }
        target.deposit(amount);
    }
}
